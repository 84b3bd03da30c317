# language: ja
@level @commands:2
機能: 治らないStatefulSet
  StatefulSetに存在しないイメージが指定されました。テンプレートを直すのは簡単ですが、それでも何も起きません。順番に進むStatefulSetは、壊れたPodの準備ができるのを待つからです（kubernetes/kubernetes#67250）。

  背景:
    前提 2台のノードを持つクラスター
    かつ 次のマニフェスト:
      """
      apiVersion: apps/v1
      kind: StatefulSet
      metadata:
        name: db
      spec:
        serviceName: db
        replicas: 2
        selector:
          matchLabels: {app: db}
        template:
          metadata:
            labels: {app: db}
          spec:
            containers:
              - name: nginx
                image: nginx:1.12
      """
    かつ すべてのPodの準備が完了している
    かつ StatefulSet"db"に存在しないイメージを展開する
    かつ 2分が経過する

  @hint
  シナリオ: 最後のPodのイメージが壊れていて、そのまま変わらない
    もし "kubectl set image statefulset db nginx=nginx:1.12"を実行する
    かつ 5分が経過する
    かつ "kubectl get pods"を実行する
    ならば 出力に"Pull"が含まれる
    かつ StatefulSet"db"のフィールド".spec.template.spec.containers[0].image"が"nginx:1.12"である

  @hint
  シナリオ: 消したPodは、そのときのテンプレートから作り直される
    もし "kubectl get statefulset db"を実行する
    ならば 出力に"1/2"が含まれる

  @solution
  シナリオ: テンプレートを直し、Podを消す
    もし "kubectl set image statefulset db nginx=nginx:1.12"を実行する
    かつ "kubectl delete pod db-1"を実行する
    ならば 5分以内にStatefulSet"db"の2個中2個のレプリカの準備が完了している
    かつ StatefulSet"db"のフィールド".spec.template.spec.containers[0].image"が"nginx:1.12"である
