# language: ja
機能: 途切れ、失われ、遅れるネットワークと、名前の引けないネットワーク
  リクエストはTCPで送られる。往復の両方が必要で、失われたものは、間隔を延ばしながら送り直される。プローブはノードの中で
  終わるので、影響を受けない。

  背景:
    前提 2台のノードを持つクラスター
    かつ 次のマニフェスト:
      """
      apiVersion: v1
      kind: Pod
      metadata: {name: server, labels: {app: server}}
      spec:
        nodeName: node-1
        containers: [{name: main, image: "nginx:1.27", ports: [{containerPort: 80}]}]
      ---
      apiVersion: v1
      kind: Pod
      metadata: {name: client, labels: {app: client}}
      spec:
        nodeName: node-2
        containers: [{name: main, image: "nginx:1.27", ports: [{containerPort: 80}]}]
      ---
      apiVersion: v1
      kind: Service
      metadata: {name: server}
      spec: {selector: {app: server}, ports: [{port: 80}]}
      """
    かつ すべてのPodの準備が完了している
    かつ 1秒が経過する

  シナリオ: コントロールプレーンから切り離されたノードのPodは動き続ける
    もし 90秒間、ノード"node-1"がコントロールプレーンから切り離される
    かつ 1分が経過する
    ならば ノード"node-1"の状態が不明である
    # 準備が完了していないと見なされるので、Serviceの振り分け先はなくなる。Pod自身は応答している。
    かつ 10秒以内にPod"client"から"http://server/"へのリクエストが拒否される
    かつ "app=server"に一致する応答中のPodがちょうど1個である
    かつ 2分以内にノード"node-1"の準備が完了している

  シナリオ: 片方向が途切れるだけで、接続はできない
    もし 30秒間、ノード"node-1"からノード"node-2"へのパケットが届かなくなる
    ならば Pod"client"から"http://server/"へのリクエストがタイムアウトする
    もし 30秒が経過する
    ならば Pod"client"から"http://server/"へのリクエストに200が返る

  シナリオ: 一部のPodの間だけが途切れる
    もし 30秒間、"app=client"に一致するPodと"app=server"に一致するPodの間の通信が途切れる
    ならば Pod"client"から"http://server/"へのリクエストがタイムアウトする
    かつ "http://server/"へのリクエストに200が返る
    もし 30秒が経過する
    ならば Pod"client"から"http://server/"へのリクエストに200が返る

  シナリオ: 失われたパケットは送り直され、間に合わないリクエストが出る
    前提 クライアントが"http://server/"に毎秒10件のリクエストを送る
    もし 30秒間、ノード"node-1"のパケットの95%が失われる
    ならば 20秒以内に"http://server/"へのリクエストがタイムアウトする
    もし 30秒が経過する
    かつ この時点を"復旧"とする
    かつ 10秒が経過する
    ならば "app=server"に一致する準備が完了したPodが1個以上である
    かつ "復旧"以降、どのリクエストも失敗していない

  シナリオアウトライン: DNSの障害(<障害>)
    もし 30秒間、DNS<障害>
    ならば Pod"client"から"http://server/"へのリクエスト<結果>
    もし 30秒が経過する
    ならば Pod"client"から"http://server/"へのリクエストに200が返る

    例:
      | 障害                   | 結果               |
      | が失敗する             | の名前解決に失敗する |
      | がでたらめな応答をする | がタイムアウトする |

  シナリオ: 遅いDNSも、待つ者には答える
    もし 30秒間、DNSが遅くなる
    かつ "kubectl exec client -- curl -s -m 1 http://server/"を実行する
    ならば コマンドが"exit code 28"というエラーで失敗する
    かつ Pod"client"から"http://server/"へのリクエストに200が返る

  シナリオ: kube-proxyが停止すると、古い経路が残る
    前提 "web.yaml"のマニフェスト
    かつ すべてのPodの準備が完了している
    かつ 1秒が経過する
    もし 2分間、すべてのノードのkube-proxyが停止する
    かつ "app=web"に一致するすべてのPodを削除する
    かつ 1分が経過する
    ならば Service"web"が3個のPodに振り分ける
    かつ "http://web/"へのリクエストがタイムアウトする
    もし 1分が経過する
    ならば 5秒以内に"http://web/"へのリクエストに200が返る

  シナリオ: プローブは名前が引けなくなったことには気づかず、プログラムの停止には気づく
    前提 "web.yaml"のマニフェスト
    かつ すべてのPodの準備が完了している
    もし 2分間、DNSが失敗する
    ならば Pod"client"から"http://web/"へのリクエストの名前解決に失敗する
    かつ 1分間ずっとService"web"が3個のPodに振り分ける
    もし "app=web"に一致するすべてのPodのコンテナが応答しなくなる
    ならば 9秒間ずっとService"web"が3個のPodに振り分ける
    かつ 30秒以内にService"web"が0個のPodに振り分ける

  シナリオ: 何も通さないNetworkPolicyはリクエストを捨て、なくなればまた通る
    もし 1分間、NetworkPolicyが"app=server"に一致するPodへの通信をすべて拒む
    かつ 5秒が経過する
    ならば Pod"client"から"http://server/"へのリクエストがタイムアウトする
    かつ 2分以内にPod"client"から"http://server/"へのリクエストに200が返る
