# language: ja
機能: 積み重なるJob
  CronJobは毎分始まりますが、1回の実行にそれより長くかかるようになりました。それでも次が始まり、その次も始まります。互いに遅くし合い、やがてほかの何も入る余地がなくなります。

  背景:
    前提 2台のノードを持つクラスター

  シナリオアウトライン: どの実行も1分より長くかかる
    前提 "<manifests>"のマニフェスト
    もし 15分が経過する
    ならば CronJob"report"の実行中のJobが1個である
    かつ CronJob"report"が少なくとも1個のJobを起動している
    かつ "app=report"に一致する保留中のPodが1個以下である

    @expect-failure
    例: 当時のまま
      | manifests      |
      | as-it-was.yaml |

    例: 対策の後
      | manifests  |
      | fixed.yaml |
