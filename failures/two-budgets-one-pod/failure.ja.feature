# language: ja
機能: 一つのPodに二つの予算
  チャートに予算が付いており、チームも独自の予算を加えました。二つの予算が選ぶPodの退避は、それぞれが何を許可していても拒否されます。APIサーバーはエラーを返し、drainは終わりません。

  背景:
    前提 3台のノードを持つクラスター

  シナリオアウトライン: ノードをdrainする
    前提 "<manifests>"のマニフェスト
    かつ すべてのPodの準備が完了している
    もし ノード"node-1"を、完了を待たずにdrainする
    ならば 10分以内にノード"node-1"のdrainが終わっている
    かつ どの時点でも"app=web"に一致するPodのうち少なくとも2個が利用可能である

    @expect-failure
    例: 当時のまま
      | manifests      |
      | as-it-was.yaml |

    例: 対策の後
      | manifests  |
      | fixed.yaml |
