# language: ja
機能: 起動する前に止められる
  起動に1分かかるプログラムです。Liveness Probeはすぐに始まり、その半分しか待ちません。止められては起動し直され、起動が終わることはありません。

  背景:
    前提 2台のノードを持つクラスター
    かつ イメージ"lakefs:1"は次のように振る舞う:
      """
      startup: 1m
      """

  シナリオアウトライン: 起動の遅いプログラムをデプロイする
    もし "<manifests>"のマニフェスト
    ならば 9分以内にDeployment"lakefs"の1個中1個のレプリカが利用可能である
    かつ "app=lakefs"に一致するPodにイベント"Started"が記録されている

    @expect-failure
    例: 当時のまま
      | manifests      |
      | as-it-was.yaml |

    例: 対策の後
      | manifests  |
      | fixed.yaml |
