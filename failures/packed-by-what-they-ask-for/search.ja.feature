# language: ja
機能: 要求どおりに詰め込まれることを探す
  どのノードが失われても、残りのノードのPodがメモリー不足で退避されることはない。

  背景:
    前提 次のノードを持つクラスター:
      | name   | memory |
      | node-1 | 1Gi    |
      | node-2 | 1Gi    |
      | node-3 | 1Gi    |
    かつ イメージ"web:1"は次のように振る舞う:
      """
      memory: 280Mi
      """

  シナリオアウトライン: <manifests>で、ノードが失われる
    前提 "<manifests>"のマニフェスト
    かつ すべてのPodの準備が完了している
    もし 2分以内に次の障害のうち任意の1個から2個が起きる:
      | fault         | target | for |
      | SchedulerDown |        | 1m  |
      | NodePowerLoss | node-1 | 10m |
      | NodePowerLoss | node-2 | 10m |
    ならば 次のことは一度も起きない:"app=web"に一致するPodにイベント"Evicted"が記録されている

    @expect-failure
    例: 当時のまま
      | manifests      |
      | as-it-was.yaml |

    例: 対策の後
      | manifests  |
      | fixed.yaml |
