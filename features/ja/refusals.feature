# language: ja
機能: 拒否されるマニフェストと、終わらないdrain
  受け付けられてはならないものも、終わってはならないものも、シナリオに書ける。

  背景:
    前提 2台のノードを持つクラスター
    かつ 次のマニフェスト:
      """
      apiVersion: v1
      kind: Pod
      metadata: {name: web, labels: {app: web}}
      spec:
        nodeName: node-1
        containers: [{name: web, image: "nginx:1.27"}]
      ---
      apiVersion: policy/v1
      kind: PodDisruptionBudget
      metadata: {name: web}
      spec:
        minAvailable: 1
        selector: {matchLabels: {app: web}}
      """
    かつ すべてのPodの準備が完了している

  シナリオ: コンテナのないPodは拒否される
    ならば 次のマニフェストは"spec.containers: Required value"というエラーで拒否される:
      """
      apiVersion: v1
      kind: Pod
      metadata: {name: empty}
      spec: {}
      """

  シナリオ: PodDisruptionBudgetが許さないdrainは終わらない
    もし ノード"node-1"を、完了を待たずにdrainする
    ならば 30分間ずっとノード"node-1"のdrainが終わっていない
    もし "kubectl delete pdb web"を実行する
    ならば 1分以内にノード"node-1"のdrainが終わっている
