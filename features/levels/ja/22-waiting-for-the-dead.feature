# language: ja
@level @commands:1
機能: 死者を待つ
  node-1の電源は落ちたまま戻りません。StatefulSetのPodは削除されようとしていますが、それを確認する者がいません。同じ名前のPodが二つあってはならないので、待ち続けます（kubernetes/kubernetes#54368）。あなたの知っていることをクラスターに伝えてください。

  背景:
    前提 1台のノードを持つクラスター
    かつ 次のマニフェスト:
      """
      apiVersion: apps/v1
      kind: StatefulSet
      metadata:
        name: db
      spec:
        replicas: 1
        selector:
          matchLabels:
            app: db
        serviceName: db
        template:
          metadata:
            labels:
              app: db
          spec:
            containers:
              - name: nginx
                image: nginx:1.12
                ports:
                  - containerPort: 80
                readinessProbe:
                  httpGet:
                    path: /
                    port: 80
                  periodSeconds: 2
      """
    かつ すべてのPodの準備が完了している
    かつ 新しいノードが参加する
    かつ ノード"node-1"の電源が落ちる
    かつ 10分が経過する

  @hint
  シナリオ: PodはTerminatingのまま動かない
    もし "kubectl get pods"を実行する
    ならば 出力に"Terminating"が含まれる

  @hint
  シナリオ: taint node.kubernetes.io/out-of-serviceは、そこでもう何も動いていないことを伝える
    もし "kubectl get nodes"を実行する
    ならば 出力に"NotReady"が含まれる

  @solution
  シナリオ: ノードが使用停止だと伝える
    もし "kubectl taint nodes node-1 node.kubernetes.io/out-of-service=nodeshutdown:NoExecute"を実行する
    ならば 5分以内にPod"db-0"がノード"node-2"上にある
    かつ 5分以内にPod"db-0"の準備が完了している
