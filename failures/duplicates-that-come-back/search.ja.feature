# language: ja
機能: 戻ってくる重複を探す
  ほかに何が起きても、deschedulerが重複を退避させ続けることはない。

  背景:
    前提 3台のノードを持つクラスター

  シナリオアウトライン: deschedulerが重複を探す、nodeFitは<nodeFit>
    前提 "as-it-was.yaml"のマニフェスト
    かつ deschedulerが2分ごとに次のポリシーで動作する:
      """
      apiVersion: descheduler/v1alpha2
      kind: DeschedulerPolicy
      profiles:
        - name: default
          pluginConfig:
            - name: DefaultEvictor
              args: {nodeFit: <nodeFit>}
          plugins:
            balance: {enabled: [RemoveDuplicates]}
      """
    かつ すべてのPodの準備が完了している
    もし 2分以内に次の障害のうち任意の1個から2個が起きる:
      | fault             | target | for |
      | MetricsServerDown |        | 1m  |
      | SchedulerDown     |        | 10s |
      | KubeletRestart    | node-1 |     |
    かつ 10分が経過する
    ならば どの時点でも"app"に一致するPodのうちちょうど7個の準備が完了している

    @expect-failure
    例: 当時のまま
      | nodeFit |
      | false   |

    例: 対策の後
      | nodeFit |
      | true    |
