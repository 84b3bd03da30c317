# language: ja
機能: ノードは、ドライバーの述べる数よりも多くのディスクを受け付けない
  ドライバーがノードに何個のディスクをアタッチできるかは、ノードのCSINodeが述べる。それを尋ねるのはスケジューラーだけである。

  背景:
    前提 2台のノードを持つクラスター
    かつ "ledger.yaml"のマニフェスト
    かつ すべてのPodの準備が完了している
    かつ 次を実行する:
      """
      kubectl patch csinode node-1 --type json -p '[{"op":"add","path":"/spec/drivers/0/allocatable","value":{"count":2}}]'
      kubectl patch csinode node-2 --type json -p '[{"op":"add","path":"/spec/drivers/0/allocatable","value":{"count":0}}]'
      """

  シナリオ: ディスクが1個多いPodは、受け付けるノードを待つ
    もし "kubectl scale statefulset ledger --replicas=3"を実行する
    ならば 10秒以内にPod"ledger-2"に"0/2 nodes are available: 2 node(s) exceed max volume count"を含むイベント"FailedScheduling"が記録されている
    かつ 5分間ずっとPod"ledger-2"が保留中である
    かつ ボリューム要求"data-ledger-2"が"WaitForPodScheduled"により待機中である
    もし 次を実行する:
      """
      kubectl patch csinode node-2 --type json -p '[{"op":"replace","path":"/spec/drivers/0/allocatable/count","value":1}]'
      """
    ならば 2分以内にPod"ledger-2"がノード"node-2"上にある
    かつ 1分以内にPod"ledger-2"の準備が完了している

  シナリオ: すでにノードにあるディスクは、二度は数えられない
    もし 次のマニフェスト:
      """
      apiVersion: v1
      kind: Pod
      metadata: {name: reader}
      spec:
        volumes: [{name: data, persistentVolumeClaim: {claimName: data-ledger-0}}]
        containers: [{name: main, image: "nginx:1.27", volumeMounts: [{name: data, mountPath: /data}]}]
      """
    ならば 1分以内にPod"reader"の準備が完了している
    かつ Pod"reader"がノード"node-1"上にある
