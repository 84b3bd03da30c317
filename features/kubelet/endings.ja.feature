# language: ja
機能: ノード上のPodの終わり方
  終わりかけのPodについてAPIが何を、いつ述べるかで、そのPodにまだ仕事が送られるかどうかが決まる。

  シナリオ: 正常にシャットダウンするノードのPodは、コンテナが終わるまで準備が完了したままである
    前提 2台のノードを持つクラスター
    かつ 次のマニフェスト:
      """
      apiVersion: v1
      kind: Pod
      metadata: {name: web, labels: {app: web}}
      spec:
        nodeName: node-1
        containers: [{name: web, image: "nginx:1.27", lifecycle: {preStop: {sleep: {seconds: 10}}}}]
      """
    かつ すべてのPodの準備が完了している
    もし ノード"node-1"が正常にシャットダウンする
    かつ 9秒が経過する
    ならば どの時点でも"app=web"に一致するPodのうち1個以上の準備が完了している
    かつ 2秒以内にPod"web"が失敗している
    かつ Pod"web"の準備が完了していない

  シナリオアウトライン: <何が>なら、失敗したことだけを述べ、出力は述べない
    前提 1台のノードを持つクラスター
    かつ 次のマニフェスト:
      """
      apiVersion: v1
      kind: Pod
      metadata: {name: hooked}
      spec:
        terminationGracePeriodSeconds: 5
        containers: [{name: c, image: "nginx:1.27", lifecycle: {preStop: <フック>}}]
      """
    かつ すべてのPodの準備が完了している
    もし Pod"hooked"を削除する
    かつ 10秒が経過する
    かつ "kubectl get events --field-selector reason=FailedPreStopHook -o jsonpath={.items[*].message}"を実行する
    ならば 出力は次のとおりである:
      """
      <メッセージ>
      """
    例:
      | 何が                         | フック                                     | メッセージ         |
      | 失敗するコマンド             | {exec: {command: [cat, /no/such/file]}}    | PreStopHook failed |
      | 猶予期間で打ち切られるコマンド | {exec: {command: [sleep, "30"]}}         | PreStopHook failed |
      | 誰も受けないリクエスト       | {httpGet: {port: 9}}                       | PreStopHook failed |
      | フックにはないハンドラー     | {tcpSocket: {port: 80}}                    | PreStopHook failed |
      | 404が返るリクエスト          | {httpGet: {port: 80, path: /no/such/page}} |                    |
      | 間に合うコマンド             | {exec: {command: [sleep, "3"]}}            |                    |
