# language: ja
機能: サーバーの予算に入り込んだJob
  CronJobのPodがサーバーと同じラベルを持つため、予算に数えられてしまいます。Jobにはスケールがないので、その何割かは計算できません。予算は何も許可せず、サーバーのあるノードはどれもdrainできません。

  背景:
    前提 3台のノードを持つクラスター

  シナリオアウトライン: Jobの実行中にノードをdrainする
    前提 "<manifests>"のマニフェスト
    かつ すべてのPodの準備が完了している
    かつ 2分が経過する
    もし ノード"node-1"を、完了を待たずにdrainする
    ならば 10分以内にノード"node-1"のdrainが終わっている
    かつ どの時点でも"app=batch,tier=server"に一致するPodのうち少なくとも2個が利用可能である

    @expect-failure
    例: 当時のまま
      | manifests      |
      | as-it-was.yaml |

    例: 対策の後
      | manifests  |
      | fixed.yaml |
