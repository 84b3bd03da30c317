# language: ja
機能: 不変条件は、Kubernetesの正しい動きを咎めない
  誤って鳴る警報は、ないよりも悪い。ここにあるのはどれも、実際のクラスターでもこうなる。

  シナリオ: 退避の可否は、スケールの直後であれば、その前のPodDisruptionBudgetの値で決まる
    前提 3台のノードを持つクラスター
    かつ 次のマニフェスト:
      """
      apiVersion: apps/v1
      kind: Deployment
      metadata: {name: shop}
      spec:
        replicas: 2
        selector: {matchLabels: {app: shop}}
        template:
          metadata: {labels: {app: shop}}
          spec:
            containers: [{name: web, image: "nginx:1.25"}]
      ---
      apiVersion: policy/v1
      kind: PodDisruptionBudget
      metadata: {name: shop}
      spec: {minAvailable: 50%, selector: {matchLabels: {app: shop}}}
      """
    かつ すべてのPodの準備が完了している
    かつ 5秒以内にPodDisruptionBudget"shop"が中断を1個まで許可する
    もし Deployment"shop"を4個にスケールする
    かつ "app=shop"に一致するすべてのPodを2分以内に退避させる
    かつ 2分が経過する
    ならば Deployment"shop"の4個中4個のレプリカが利用可能である
    かつ どの時点でも"app=shop"に一致する利用可能なPodが1個以上である
    かつ ある時点で"app=shop"に一致する終了処理中のPodがちょうど1個である
    かつ 不変条件"budget-honoured"が成り立つ

  シナリオ: minReadySecondsを待つロールアウトは進行中であり、停滞ではない
    前提 3台のノードを持つクラスター
    かつ 次のマニフェスト:
      """
      apiVersion: apps/v1
      kind: Deployment
      metadata: {name: shop}
      spec:
        replicas: 6
        minReadySeconds: 240
        strategy: {rollingUpdate: {maxSurge: 1, maxUnavailable: 0}}
        selector: {matchLabels: {app: shop}}
        template:
          metadata: {labels: {app: shop}}
          spec:
            containers: [{name: web, image: "nginx:1.25"}]
      """
    かつ すべてのPodの準備が完了している
    もし Deployment"shop"のイメージを"nginx:1.26"に変更する
    かつ 20分が経過する
    ならば Deployment"shop"の6個中5個のレプリカが更新されている
    かつ Deployment"shop"のロールアウトが進行中である
    かつ どの時点でも"app=shop"に一致する6個以上のPodの準備が完了している
    かつ 不変条件"replicas-converge"が成り立つ

  シナリオ: ノードのネットワークを使うPodは、ノードとアドレスを共にする
    前提 2台のノードを持つクラスター
    かつ 次のマニフェスト:
      """
      apiVersion: apps/v1
      kind: Deployment
      metadata: {name: agent}
      spec:
        replicas: 3
        selector: {matchLabels: {app: agent}}
        template:
          metadata: {labels: {app: agent}}
          spec:
            hostNetwork: true
            containers: [{name: agent, image: "registry.example/agent:1"}]
      ---
      apiVersion: v1
      kind: Service
      metadata: {name: agent}
      spec: {selector: {app: agent}, ports: [{port: 80}]}
      """
    かつ すべてのPodの準備が完了している
    もし Deployment"agent"を4個にスケールする
    ならば 1分以内にService"agent"が4個のPodに振り分ける
    かつ 不変条件"endpoints-once"が成り立つ
