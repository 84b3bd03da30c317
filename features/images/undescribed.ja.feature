# language: ja
機能: 振る舞いの書かれていないイメージ
  実際のクラスターで動くマニフェストは、どんなイメージであってもここで動く。仮定したことは実行の最後に述べられる。仮定と違う
  ことは「イメージ…は次のように振る舞う:」で書く。

  背景:
    前提 2台のノードを持つクラスター

  シナリオ: プログラムは、プローブが尋ねるポートと、Serviceが送るポートで待ち受ける
    前提 次のマニフェスト:
      """
      apiVersion: v1
      kind: Pod
      metadata: {name: shop, labels: {app: shop}}
      spec:
        initContainers: [{name: migrate, image: "example.com/migrate:1", args: [up]}]
        containers:
          - name: shop
            image: example.com/shop:1
            readinessProbe: {httpGet: {port: 9090, path: /healthz}}
      ---
      apiVersion: v1
      kind: Service
      metadata: {name: shop}
      spec: {selector: {app: shop}, ports: [{port: 80, targetPort: 8080}]}
      ---
      apiVersion: v1
      kind: Service
      metadata: {name: pods}
      spec: {clusterIP: None, selector: {app: shop}}
      """
    かつ すべてのPodの準備が完了している
    ならば 10秒以内に"http://shop/"へのリクエストに200が返る
    かつ "http://pods:9090/"へのリクエストに200が返る
    かつ Pod"shop"に":9090/healthz\""を含むイベント"Unhealthy"が記録されている

  シナリオ: シナリオがイメージについて書いたことは、仮定に優先する
    前提 イメージ"example.com/shop"は次のように振る舞う:
      """
      listens: [9090]
      """
    かつ 次のマニフェスト:
      """
      apiVersion: v1
      kind: Pod
      metadata: {name: shop, labels: {app: shop}}
      spec: {containers: [{name: shop, image: "example.com/shop:1"}]}
      ---
      apiVersion: v1
      kind: Service
      metadata: {name: shop}
      spec: {selector: {app: shop}, ports: [{port: 80, targetPort: 8080}]}
      """
    かつ すべてのPodの準備が完了している
    ならば "http://shop/"へのリクエストが拒否される
