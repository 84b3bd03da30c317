# language: ja
機能: オートスケーラーは計測された値に従う
  HorizontalPodAutoscalerは15秒ごとに、metrics-serverの値と目標を比べる。増やすときはすぐに、減らすときは直近5分の最大の推奨値に従う。

  背景:
    前提 3台のノードを持つクラスター
    かつ イメージ"shop"は次のように振る舞う:
      """
      listens: 80
      cpu: {perRequest: 20m}
      """
    かつ "shop.yaml"のマニフェスト
    かつ すべてのPodの準備が完了している
    かつ "kubectl autoscale deployment shop --cpu=50% --max=8"を実行する
    かつ クライアントが"http://shop/"に毎秒5件のリクエストを送る

  シナリオ: 負荷が3倍になると、レプリカも増え、のちに減る
    もし 2分が経過する
    ならば HorizontalPodAutoscaler"shop"がレプリカを1個求める
    もし 10分間、クライアントの送るリクエストが3倍になる
    ならば 5分以内にHorizontalPodAutoscaler"shop"がレプリカを3個求める
    かつ 20分以内にHorizontalPodAutoscaler"shop"がレプリカを1個求める

  シナリオ: metrics-serverが止まっているあいだは変わらない
    もし 1分が経過する
    かつ 5分間、metrics-serverが停止する
    かつ 10分間、クライアントの送るリクエストが3倍になる
    ならば 4分間ずっとHorizontalPodAutoscaler"shop"がレプリカを1個求める
    かつ 5分以内にHorizontalPodAutoscaler"shop"がレプリカを3個求める
