# language: ja
機能: 応答にかかる時間、応答したPod、停止していた時間
  リクエストについては、ステータスのほかに、どのPodが応答したか、どれだけ時間がかかったかも問える。

  背景:
    前提 1台のノードを持つクラスター
    かつ 次のマニフェスト:
      """
      apiVersion: v1
      kind: Pod
      metadata: {name: shop, labels: {app: shop}}
      spec:
        containers: [{name: shop, image: "nginx:1.27", ports: [{containerPort: 80}]}]
      ---
      apiVersion: v1
      kind: Service
      metadata: {name: shop}
      spec:
        selector: {app: shop}
        ports: [{port: 80}]
      """
    かつ すべてのPodの準備が完了している

  シナリオ: 応答の速さと、応答したPod
    もし 10秒が経過する
    ならば "http://shop/"へのリクエストに10ミリ秒未満で200が返る
    かつ 1分以内に"http://shop/"へのリクエストに"app=shop"に一致するPodから200が返る
    かつ Pod"shop"から"http://shop/"へのリクエストに1秒未満で200が返る

  シナリオ: 停止していた時間
    前提 クライアントが"http://shop/"に毎秒10件のリクエストを送る
    もし 10秒が経過する
    かつ Pod"shop"のコンテナ"shop"がクラッシュする
    かつ 30秒が経過する
    ならば Pod"shop"のコンテナ"shop"が1回再起動している
    かつ 続けて失敗したリクエストは50件以下である
    かつ 最も長い停止時間は5秒未満である
