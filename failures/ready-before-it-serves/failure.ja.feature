# language: ja
機能: 応答する前にReadyになる
  新しいPodが答えるかどうかを誰も確かめません。コンテナが動けば準備完了と数えられます。新しいPodがまだ一つも待ち受けていないうちに、ロールアウトは古いPodを終わらせます。

  背景:
    前提 2台のノードを持つクラスター
    かつ イメージ"shop:1"は次のように振る舞う:
      """
      startup: 1s
      """
    かつ イメージ"shop:2"は次のように振る舞う:
      """
      startup: 30s
      """

  シナリオアウトライン: 起動の遅い新しいバージョンを展開する
    前提 "<manifests>"のマニフェスト
    かつ すべてのPodの準備が完了している
    かつ クライアントが"http://web/"に毎秒5件のリクエストを送る
    かつ 5秒が経過する
    もし Deployment"web"のイメージを"shop:2"に変更する
    かつ 5分が経過する
    ならば 最も長い停止時間は3秒未満である
    かつ Deployment"web"のフィールド".spec.template.spec.containers[0].image"が"shop:2"である

    @expect-failure
    例: 当時のまま
      | manifests      |
      | as-it-was.yaml |

    例: 対策の後
      | manifests  |
      | fixed.yaml |
