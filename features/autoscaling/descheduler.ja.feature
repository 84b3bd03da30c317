# language: ja
機能: いまなら別の場所に置かれるPod
  deschedulerはポリシーに従ってPodを退避させ、スケジューラーが別の場所を探す。PodDisruptionBudgetは守られる。

  背景:
    前提 3台のノードを持つクラスター

  シナリオ: 停止の後、DeploymentのPodが再び分散する
    前提 次のマニフェスト:
      """
      apiVersion: apps/v1
      kind: Deployment
      metadata: {name: web}
      spec:
        replicas: 6
        selector: {matchLabels: {app: web}}
        template:
          metadata: {labels: {app: web}}
          spec:
            containers: [{name: nginx, image: nginx}]
      ---
      apiVersion: policy/v1
      kind: PodDisruptionBudget
      metadata: {name: web}
      spec: {minAvailable: 5, selector: {matchLabels: {app: web}}}
      """
    かつ deschedulerが2分ごとに次のポリシーで動作する:
      """
      apiVersion: descheduler/v1alpha2
      kind: DeschedulerPolicy
      profiles:
        - name: default
          plugins:
            balance: {enabled: [RemoveDuplicates]}
      """
    かつ すべてのPodの準備が完了している
    もし ノード"node-3"をdrainする
    かつ 1分が経過する
    ならば Deployment"web"のPodが2台のノード上にある
    かつ "app=web"に一致するPodがノードごとに3個以下である
    もし ノード"node-3"をuncordonする
    ならば 10分以内にDeployment"web"のPodが3台のノード上にある
    かつ PodDisruptionBudget"web"が守られている
    かつ どの時点でも"app=web"に一致する利用可能なPodが5個以上である

  シナリオ: ほかに置き場のないPodは動かされない
    前提 次のマニフェスト:
      """
      apiVersion: apps/v1
      kind: Deployment
      metadata: {name: web}
      spec:
        replicas: 2
        selector: {matchLabels: {app: web}}
        template:
          metadata: {labels: {app: web}}
          spec:
            nodeSelector: {kubernetes.io/hostname: node-1}
            containers: [{name: nginx, image: nginx}]
      """
    かつ deschedulerが2分ごとに次のポリシーで動作する:
      """
      apiVersion: descheduler/v1alpha2
      kind: DeschedulerPolicy
      profiles:
        - name: default
          plugins:
            balance: {enabled: [RemoveDuplicates]}
      """
    かつ すべてのPodの準備が完了している
    もし 30分が経過する
    ならば どの時点でも"app=web"に一致する利用可能なPodがちょうど2個である
