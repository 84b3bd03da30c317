# language: ja
機能: カスタムリソースのオートスケーラー
  scaleサブリソースのあるものは、定義を持ち込んだものでもスケールされる。どのPodを数えるかはlabelSelectorPathが述べる。

  シナリオ: カスタムリソースが求めるレプリカ数は、Podの使用量に従う
    前提 3台のノードを持つクラスター
    かつ イメージ"shop"は次のように振る舞う:
      """
      listens: 80
      cpu: {perRequest: 20m}
      """
    かつ "shop.yaml"のマニフェスト
    かつ "shops.yaml"のマニフェスト
    かつ すべてのPodの準備が完了している
    かつ "kubectl apply -f front.yaml"を実行する
    かつ "kubectl patch shop front --subresource=status --type=merge -p '{\"status\":{\"replicas\":1,\"selector\":\"app=shop\"}}'"を実行する
    もし クライアントが"http://shop/"に毎秒15件のリクエストを送る
    ならば 5分以内にHorizontalPodAutoscaler"front"がレプリカを3個求める
    もし "kubectl get shop front -o jsonpath={.spec.replicas}"を実行する
    ならば 出力は次のとおりである:
      """
      3
      """
