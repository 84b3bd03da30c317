# language: ja
機能: 終わらないdrain
  レプリカは1個で、予算も1個を求めるため、退避は決して許可されません。退避は別の場所に先にPodを起動してはくれないので、
  drainは5秒ごとに永遠に尋ね続けます。

  背景:
    前提 次のノードを持つクラスター:
      | name | labels |
      | node-1 | room=old |
      | node-2 | room=old |
      | node-3 | room=new |
    かつ ノード"node-3"をcordonする

  シナリオアウトライン: ただ一つのレプリカがあるノードをdrainする
    前提 "<manifests>"のマニフェスト
    かつ すべてのPodの準備が完了している
    かつ ノード"node-3"をuncordonする
    かつ クライアントが"http://web/"に毎秒5件のリクエストを送る
    かつ 5秒が経過する
    もし "room=old"に一致するすべてのノードを、完了を待たずにdrainする
    ならば 10分以内にノード"node-1"のdrainが終わっている
    かつ 10分以内にノード"node-2"のdrainが終わっている
    かつ 最も長い停止時間は5秒未満である

    @expect-failure
    例: 当時のまま
      | manifests      |
      | as-it-was.yaml |

    例: 対策の後
      | manifests  |
      | fixed.yaml |
