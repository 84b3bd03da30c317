# language: ja
機能: Gatewayとその経路
  クラスターを動かす人がGatewayを作り、サービスを動かす人が経路をそこに付ける。どちらがどうなったかは状態に書かれ、
  リクエストは最も狭く当てはまる規則に従って進む。

  背景:
    前提 2台のノードとGatewayコントローラーを持つクラスター
    もし "kubectl apply -f gateway-api.yaml"を実行する
    かつ 2秒が経過する
    かつ "kubectl apply -f store.yaml"を実行する
    かつ すべてのPodの準備が完了している
    かつ 5秒が経過する

  シナリオ: Gatewayと経路は、自分がどうなったかを伝える
    もし "kubectl get gateway front"を実行する
    ならば 出力に"front   nginx   172.18.255.200   True"が含まれる
    もし "kubectl get httproute store -o jsonpath={.status.parents[0].conditions[*].reason}"を実行する
    ならば 出力に"Accepted BackendNotFound"が含まれる

  シナリオ: ホスト、パス、ヘッダーで振り分ける
    ならば ヘッダー"Host: store.example.com"を付けた"http://172.18.255.200/"へのリクエストに"app=store"に一致するPodから200が返る
    かつ ヘッダー"Host: other.example.com"を付けた"http://172.18.255.200/"へのリクエストに404が返る
    かつ ヘッダー"Host: store.example.com"を付けた"http://172.18.255.200/nowhere"へのリクエストに500が返る
    かつ 1分以内にヘッダー"Host: store.example.com"を付けた"http://172.18.255.200/half"へのリクエストに"app=next"に一致するPodから200が返る

  シナリオ: ルートのホスト名はクラスターの外で知られている
    ならば "http://store.example.com/"へのリクエストに"app=store"に一致するPodから200が返る
    かつ "http://other.example.com/"へのリクエストの名前解決に失敗する

  シナリオ: 準備のできたエンドポイントがなければ503が返る
    もし "kubectl scale deployment store --replicas=0"を実行する
    かつ 10秒が経過する
    ならば ヘッダー"Host: store.example.com"を付けた"http://172.18.255.200/"へのリクエストに503が返る

  シナリオ: 扱えない種類も挙げたリスナーは扱える種類を受け付け、読めない規則は退けられる
    もし 次のマニフェスト:
      """yaml
      apiVersion: gateway.networking.k8s.io/v1
      kind: Gateway
      metadata: {name: front}
      spec:
        gatewayClassName: nginx
        listeners:
          - {name: http, port: 80, protocol: HTTP, allowedRoutes: {kinds: [{kind: HTTPRoute}, {kind: TLSRoute}]}}
      ---
      apiVersion: gateway.networking.k8s.io/v1
      kind: HTTPRoute
      metadata: {name: unread}
      spec:
        parentRefs: [{name: front}]
        hostnames: [unread.example.com]
        rules:
          - matches: [{path: {type: RegularExpression, value: "/[a"}}]
            backendRefs: [{name: store, port: 80}]
      """
    かつ 5秒が経過する
    ならば ヘッダー"Host: store.example.com"を付けた"http://172.18.255.200/"へのリクエストに"app=store"に一致するPodから200が返る
    かつ ヘッダー"Host: unread.example.com"を付けた"http://172.18.255.200/a"へのリクエストに404が返る
    もし "kubectl get httproute unread -o jsonpath={.status.parents[0].conditions[0].reason}"を実行する
    ならば 出力に"UnsupportedValue"が含まれる
