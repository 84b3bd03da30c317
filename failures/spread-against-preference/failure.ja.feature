# language: ja
機能: 一方の希望をもう一方が打ち消す
  スケジューラーは2つの希望を比べます。ノードの種類への分散と、スポットよりオンデマンドという好みです。deschedulerは分散だけを数えて退避させ、スケジューラーは前と同じ判断をします。

  背景:
    前提 次のノードを持つクラスター:
      | name   | labels              |
      | node-1 | lifecycle=on-demand |
      | node-2 | lifecycle=on-demand |
      | node-3 | lifecycle=spot      |

  シナリオアウトライン: deschedulerが希望にも従う
    前提 "as-it-was.yaml"のマニフェスト
    かつ すべてのPodの準備が完了している
    かつ deschedulerが2分ごとに次のポリシーで動作する:
      """
      apiVersion: descheduler/v1alpha2
      kind: DeschedulerPolicy
      profiles:
        - name: default
          pluginConfig:
            - name: RemovePodsViolatingTopologySpreadConstraint
              args: {constraints: [<constraints>]}
          plugins:
            balance: {enabled: [RemovePodsViolatingTopologySpreadConstraint]}
      """
    もし 20分が経過する
    ならば どの時点でも"app=web"に一致するPodのうちちょうど4個の準備が完了している

    @expect-failure
    例: 当時のまま
      | constraints                   |
      | DoNotSchedule, ScheduleAnyway |

    例: 対策の後
      | constraints   |
      | DoNotSchedule |
