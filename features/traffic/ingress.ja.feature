# language: ja
フィーチャ: Ingress
  ホストとパスによる規則をコントローラーが実行する。コントローラー自身もPodであり、変更は数秒遅れて届く。

  シナリオ: ホストとパスがどのServiceに届くかを決める
    前提 2台のノードとIngressコントローラーを持つクラスター
    かつ "shop.yaml"のマニフェスト
    かつ すべてのPodの準備が完了している
    かつ 1分が経過する
    ならば "http://shop.example.com/"へのリクエストに"app=shop"に一致するPodから200が返る
    かつ "http://shop.example.com/hostname"へのリクエストに"app=help"に一致するPodから200が返る
    かつ "http://shop.example.com/nowhere"へのリクエストに404が返る
    かつ ヘッダー"Host: shop.example.com"を付けた"http://172.18.255.200/"へのリクエストに200が返る
    もし 1分間Ingressの設定の再読み込みが失敗する
    かつ "kubectl create ingress late --class=nginx --rule=late.example.com/*=shop:80"を実行する
    かつ 30秒が経過する
    ならば ヘッダー"Host: late.example.com"を付けた"http://172.18.255.200/"へのリクエストに404が返る
    かつ 3分以内にヘッダー"Host: late.example.com"を付けた"http://172.18.255.200/"へのリクエストに200が返る
