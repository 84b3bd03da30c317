# language: ja
機能: applyがレプリカを奪うことを探す
  それまでにどんな負荷があっても、適用済みのものを適用し直して変わることはない。

  背景:
    前提 4台のノードを持つクラスター
    かつ メトリクス"queue"は"20"である

  シナリオアウトライン: <manifests>を再び適用する
    前提 "<manifests>"のマニフェスト
    かつ 2分が経過する
    もし 2分以内に次の障害のうち任意の1個から2個が起きる:
      | fault             | target  | factor | for |
      | MetricsServerDown |         |        | 1m  |
      | PodDelete         | app=web |        |     |
      | MetricSpike       | queue   | 4      | 2m  |
    かつ "<manifests>"のマニフェスト
    かつ 1分が経過する
    ならば 次のことは一度も起きない:Deployment"web"に"Scaled down"を含むイベント"ScalingReplicaSet"が記録されている

    @expect-failure
    例: 当時のまま
      | manifests      |
      | as-it-was.yaml |

    例: 対策の後
      | manifests  |
      | fixed.yaml |
