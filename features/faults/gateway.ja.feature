# language: ja
機能: 変更を受け取れないGateway、待ち受けをやめるGateway
  新しい設定を渡せないプロキシは、いまの設定のまま動き続け、やがて実際と食い違う。

  背景:
    前提 2台のノードとGatewayコントローラーを持つクラスター
    かつ "kubectl apply -f ../traffic/gateway-api.yaml"を実行する
    かつ 2秒が経過する
    かつ "kubectl apply -f ../traffic/store.yaml"を実行する
    かつ すべてのPodの準備が完了している
    かつ 5秒が経過する

  シナリオ: 再読み込みに失敗する間、新しいルートは効かず、ステータスがそれを知らせる
    もし 2分間Gatewayの設定の再読み込みが失敗する
    かつ "kubectl apply -f ../traffic/plain-route.yaml"を実行する
    かつ 10秒が経過する
    ならば ヘッダー"Host: store.example.org"を付けた"http://172.18.255.200/"へのリクエストに404が返る
    かつ ヘッダー"Host: store.example.com"を付けた"http://172.18.255.200/"へのリクエストに200が返る
    もし "kubectl get gateway front -o jsonpath={.status.conditions[*].reason}"を実行する
    ならば 出力に"Accepted Invalid"が含まれる
    かつ 3分以内にヘッダー"Host: store.example.org"を付けた"http://172.18.255.200/"へのリクエストに200が返る

  シナリオ: 証明書を失ったリスナーはポートを閉じる
    前提 次を実行する:
      """
      kubectl create secret generic front --from-literal=tls.crt=certificate --from-literal=tls.key=key
      """
    かつ "tls-gateway.yaml"のマニフェスト
    かつ 5秒が経過する
    ならば ヘッダー"Host: store.example.com"を付けた"https://172.18.255.200/"へのリクエストに200が返る
    もし 5分間Secret"front"が失われる
    かつ 5秒が経過する
    ならば ヘッダー"Host: store.example.com"を付けた"https://172.18.255.200/"へのリクエストが拒否される
    かつ 10分以内にヘッダー"Host: store.example.com"を付けた"https://172.18.255.200/"へのリクエストに200が返る
