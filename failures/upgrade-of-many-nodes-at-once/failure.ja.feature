# language: ja
機能: 多くのノードを一度に更新する
  早く終わらせるため、クラスターを数台ずつ更新します。Serviceがいくつまで欠けてよいかはどこにも書かれていません。そのノードのPodは一緒に消え、後継はこれから起動するところです。

  背景:
    前提 次のノードを持つクラスター:
      | name | labels |
      | node-1 | room=old |
      | node-2 | room=old |
      | node-3 | room=new |
    かつ ノード"node-3"をcordonする
    かつ イメージ"search:1"は次のように振る舞う:
      """
      startup: 20s
      """

  シナリオアウトライン: 3台のうち2台を一度にdrainする
    前提 "<manifests>"のマニフェスト
    かつ すべてのPodの準備が完了している
    かつ ノード"node-3"をuncordonする
    かつ クライアントが"http://search/"に毎秒5件のリクエストを送る
    かつ 5秒が経過する
    もし "room=old"に一致するすべてのノードを、完了を待たずにdrainする
    かつ 3分が経過する
    ならば ノード"node-1"のdrainが終わっている
    かつ ノード"node-2"のdrainが終わっている
    かつ 最も長い停止時間は3秒未満である
    かつ Deployment"search"の4個中4個のレプリカが利用可能である

    @expect-failure
    例: 当時のまま
      | manifests      |
      | as-it-was.yaml |

    例: 対策の後
      | manifests  |
      | fixed.yaml |
