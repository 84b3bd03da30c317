# language: ja
機能: 戻ってくる重複
  空きのないノードも、deschedulerはPodの移り先に数えます。残りのノードには1個ずつ多すぎるとして退避させますが、スケジューラーは同じ場所に戻すので、それが繰り返されます。

  背景:
    前提 3台のノードを持つクラスター

  シナリオアウトライン: deschedulerが重複を探す
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
    もし 20分が経過する
    ならば どの時点でも"app"に一致するPodのうちちょうど7個の準備が完了している

    @expect-failure
    例: 当時のまま
      | nodeFit |
      | false   |

    例: 対策の後
      | nodeFit |
      | true    |
