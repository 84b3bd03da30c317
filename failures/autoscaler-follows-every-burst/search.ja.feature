# language: ja
機能: 波のたびに揺れるオートスケーラーを探す
  どんな波が来ても、そのために増えたPodは1分後にも残っている。

  背景:
    前提 2台のノードを持つクラスター
    かつ メトリクス"queue"は"10"である

  シナリオアウトライン: <manifests>での波
    前提 "<manifests>"のマニフェスト
    かつ すべてのPodの準備が完了している
    もし 2分以内に次の障害のうち任意の1個から2個が起きる:
      | fault             | target | factor | for |
      | MetricsServerDown |        |        | 1m  |
      | MetricSpike       | queue  | 4      | 1m  |
      | MetricSpike       | queue  | 6      | 1m  |
    かつ 1分が経過する
    ならば 次のことは一度も起きない:Deployment"web"に"Scaled down"を含むイベント"ScalingReplicaSet"が記録されている

    @expect-failure
    例: 当時のまま
      | manifests      |
      | as-it-was.yaml |

    例: 対策の後
      | manifests  |
      | fixed.yaml |
