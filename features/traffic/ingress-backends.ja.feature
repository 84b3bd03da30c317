# language: ja
フィーチャ: Ingressの背後
  規則はServiceのポートを指す。そのServiceにエンドポイントがないとき、名前だけのとき、別のServiceが並ぶときに何が起きるか。

  背景:
    前提 2台のノードとIngressコントローラーを持つクラスター
    かつ "shop.yaml"のマニフェスト
    かつ "kubectl run curl --image=curlimages/curl --command -- sleep infinity"を実行する
    かつ すべてのPodの準備が完了している
    かつ 1分が経過する

  シナリオ: エンドポイントのないカナリアには何も届かず、カナリアは身代わりにもならない
    もし "canary.yaml"のマニフェスト
    かつ すべてのPodの準備が完了している
    かつ 10秒が経過する
    ならば ヘッダー"X-Canary: always"を付けた"http://shop.example.com/"へのリクエストに"app=canary"に一致するPodから200が返る
    もし "kubectl label pod canary app-"を実行する
    かつ 10秒が経過する
    ならば ヘッダー"X-Canary: always"を付けた"http://shop.example.com/"へのリクエストに"app=shop"に一致するPodから200が返る
    もし "kubectl label pod canary app=canary"を実行する
    ならば 10秒以内にService"canary"が1個のPodに振り分ける
    もし "kubectl scale deployment shop --replicas=0"を実行する
    かつ 10秒が経過する
    ならば ヘッダー"X-Canary: always"を付けた"http://shop.example.com/"へのリクエストに503が返る

  シナリオ: 名前だけのServiceの背後には、その名前の持ち主がいる
    もし "kubectl create service externalname outer --external-name=help.default.svc.cluster.local"を実行する
    かつ "kubectl create ingress outer --class=nginx --rule=outer.example.com/*=outer:80"を実行する
    ならば 90秒以内に"http://outer.example.com/"へのリクエストに"app=help"に一致するPodから200が返る

  シナリオ: 規則はコンテナーが待ち受けるポートを指してもよい
    もし "kubectl create ingress inner --class=nginx --rule=inner.example.com/*=help:8080"を実行する
    ならば 90秒以内に"http://inner.example.com/"へのリクエストに"app=help"に一致するPodから200が返る

  シナリオ: Serviceを経由させると、Podはkube-proxyが選ぶ
    もし "kubectl annotate ingress shop nginx.ingress.kubernetes.io/service-upstream=true"を実行する
    かつ 10秒が経過する
    ならば "http://shop.example.com/"へのリクエストに"app=shop"に一致するPodから200が返る
    もし "kubectl scale deployment shop --replicas=0"を実行する
    かつ 10秒が経過する
    ならば "http://shop.example.com/"へのリクエストに502が返る

  シナリオ: 頼まれたエラーにはデフォルトバックエンドが答える
    もし "kubectl annotate ingress shop nginx.ingress.kubernetes.io/custom-http-errors=404,503 nginx.ingress.kubernetes.io/default-backend=help"を実行する
    かつ 10秒が経過する
    ならば "http://shop.example.com/nowhere"へのリクエストに"app=help"に一致するPodから200が返る
    もし "kubectl annotate ingress shop nginx.ingress.kubernetes.io/default-backend-"を実行する
    かつ 10秒が経過する
    ならば "http://shop.example.com/nowhere"へのリクエストに404が返る

  シナリオ: ホストのDNSがなければ、どのアドレスかを言えばよい
    もし "kubectl exec curl -- curl -s --resolve shop.example.com:80:172.18.255.200 http://shop.example.com/hostname"を実行する
    ならば 出力に"help-"が含まれる
    もし "kubectl exec curl -- curl -s --connect-to ::172.18.255.200:80 http://shop.example.com/"を実行する
    ならば 出力に"Welcome to nginx!"が含まれる
