# language: ja
機能: データベースのために全員が再起動する
  Liveness Probeが尋ねるページは、まずデータベースに尋ねます。データベースが3分間止まると、どのPodもエラーを返し、そのために何度も強制終了されます。データベースが戻っても、Podは再起動の待ち時間の中にいます。

  背景:
    前提 2台のノードを持つクラスター

  シナリオアウトライン: データベースが3分間止まる
    前提 "<manifests>"のマニフェスト
    かつ すべてのPodの準備が完了している
    もし 3分間、"app=kuma"に一致するすべてのPodのコンテナがエラーを返す
    かつ 3分が経過する
    ならば 10秒以内にStatefulSet"kuma"の2個中2個のレプリカの準備が完了している
    かつ Pod"kuma-0"のコンテナ"kuma"が0回再起動している
    かつ Pod"kuma-1"のコンテナ"kuma"が0回再起動している
    かつ Pod"kuma-0"にイベント"Unhealthy"が記録されている

    @expect-failure
    例: 当時のまま
      | manifests      |
      | as-it-was.yaml |

    例: 対策の後
      | manifests  |
      | fixed.yaml |
