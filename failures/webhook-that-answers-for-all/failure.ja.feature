# language: ja
機能: すべてが待つWebhook
  Podが作られるたびにポリシーエンジンが尋ねられ、答えがなければ何も作れません。それが止まっている間、終わったPodはそのまま欠けます。後継が拒否されるからです。

  背景:
    前提 2台のノードを持つクラスター

  シナリオアウトライン: Webhookが止まり、Podが失われる
    前提 "<manifests>"のマニフェスト
    かつ すべてのPodの準備が完了している
    もし 30分間、アドミッションWebhook"policy.example.com"が停止する
    かつ Pod"web-0"を削除する
    ならば 5分以内にStatefulSet"web"の2個中2個のレプリカの準備が完了している
    かつ Pod"web-0"にイベント"Killing"が記録されている

    @expect-failure
    例: 当時のまま
      | manifests      |
      | as-it-was.yaml |

    例: 対策の後
      | manifests  |
      | fixed.yaml |
