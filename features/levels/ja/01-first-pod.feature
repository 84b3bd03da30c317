# language: ja
@level @commands:1
機能: はじめてのPod
  2台のノードを持つクラスターで、まだ何も動いていません。nginxを動かすPodをmy-first-podという名前で作りましょう。
  PodはKubernetesが動かすいちばん小さな単位で、1つか、まとまった数個のコンテナです。

  背景:
    前提 2台のノードを持つクラスター

  @hint
  シナリオ: kubectl runは1つのPodを作る。名前と--imageを渡す
    もし "kubectl get nodes"を実行する
    ならば 出力に"Ready"が含まれる

  @solution
  シナリオ: nginxをPodで動かす
    もし "kubectl run my-first-pod --image=nginx"を実行する
    ならば 2分以内にPod"my-first-pod"の準備が完了している
