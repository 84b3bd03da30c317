# language: ja
機能: レプリカと同じ数を求める予算
  予算がレプリカと同じ数のPodを利用可能に保つよう求めています。安全そうに見えますが、そのPodがあるノードは決してdrainできないということです。

  背景:
    前提 3台のノードを持つクラスター

  シナリオアウトライン: 更新のためにノードをdrainする
    前提 "<manifests>"のマニフェスト
    かつ すべてのPodの準備が完了している
    もし ノード"node-1"を、完了を待たずにdrainする
    ならば 10分以内にノード"node-1"のdrainが終わっている
    かつ どの時点でも"app=memcached"に一致するPodのうち少なくとも2個が利用可能である

    @expect-failure
    例: 当時のまま
      | manifests      |
      | as-it-was.yaml |

    例: 対策の後
      | manifests  |
      | fixed.yaml |
