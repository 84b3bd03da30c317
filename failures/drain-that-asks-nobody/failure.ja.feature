# language: ja
機能: 誰にも尋ねないdrain
  drainが予算に阻まれたので、誰かが--disable-evictionで後押ししました。するとPodは退避ではなく削除され、削除については予算に誰も尋ねません。

  背景:
    前提 次のノードを持つクラスター:
      | name | labels |
      | node-1 | room=old |
      | node-2 | room=old |
      | node-3 | room=new |
    かつ ノード"node-3"をcordonする

  シナリオアウトライン: 古いノードをdrainする
    前提 "as-it-was.yaml"のマニフェスト
    かつ すべてのPodの準備が完了している
    かつ ノード"node-3"をuncordonする
    もし "<drain>"を実行する
    ならば 10分以内にノード"node-1"のdrainが終わっている
    かつ 5分以内にDeployment"agent"の2個中2個のレプリカが利用可能である
    かつ どの時点でも"app=agent"に一致するPodのうち少なくとも1個が利用可能である

    @expect-failure
    例: 当時のまま
      | drain                                                            |
      | kubectl drain -l room=old --ignore-daemonsets --disable-eviction |

    例: 対策の後
      | drain                                         |
      | kubectl drain -l room=old --ignore-daemonsets |
