# language: ja
機能: 一方の希望をもう一方が打ち消すことを探す
  ほかに何が起きても、deschedulerが退避を続けることはない。

  背景:
    前提 次のノードを持つクラスター:
      | name   | labels              |
      | node-1 | lifecycle=on-demand |
      | node-2 | lifecycle=on-demand |
      | node-3 | lifecycle=spot      |

  シナリオアウトライン: deschedulerが<constraints>に従う
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
    もし 2分以内に次の障害のうち任意の1個から2個が起きる:
      | fault             | target | for |
      | MetricsServerDown |        | 1m  |
      | SchedulerDown     |        | 10s |
      | KubeletRestart    | node-1 |     |
    かつ 10分が経過する
    ならば どの時点でも"app=web"に一致するPodのうちちょうど4個の準備が完了している

    @expect-failure
    例: 当時のまま
      | constraints                   |
      | DoNotSchedule, ScheduleAnyway |

    例: 対策の後
      | constraints   |
      | DoNotSchedule |
