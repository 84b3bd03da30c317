# language: ja
@level @commands:1
機能: 道を譲ったのは誰か
  実験には優先度が付けられ、本番にはありません。クラスターは一杯で、実験が動く間、本番のPodが待たされています。本番を戻してください。実験は待てます。

  背景:
    前提 2台のノードを持つクラスター
    かつ 次のマニフェスト:
      """
      apiVersion: scheduling.k8s.io/v1
      kind: PriorityClass
      metadata:
        name: medium
      value: 1000
      ---
      apiVersion: apps/v1
      kind: Deployment
      metadata:
        name: ingester
      spec:
        replicas: 2
        selector:
          matchLabels:
            app: ingester
        template:
          metadata:
            labels:
              app: ingester
          spec:
            containers:
              - name: ingester
                image: ingester:1
                ports:
                  - containerPort: 80
                readinessProbe:
                  httpGet:
                    path: /
                    port: 80
                  periodSeconds: 2
                resources:
                  requests:
                    cpu: 1500m
      ---
      apiVersion: apps/v1
      kind: Deployment
      metadata:
        name: experiment
      spec:
        replicas: 0
        selector:
          matchLabels:
            app: experiment
        template:
          metadata:
            labels:
              app: experiment
          spec:
            priorityClassName: medium
            containers:
              - name: experiment
                image: experiment:1
                resources:
                  requests:
                    cpu: 1500m
      """
    かつ すべてのPodの準備が完了している
    かつ Deployment"experiment"を1個にスケールする
    かつ 2分が経過する

  @hint
  シナリオ: 本番のPodが待っている
    もし "kubectl get pods"を実行する
    ならば 出力に"Pending"が含まれる

  @hint
  シナリオ: プリエンプトされた
    もし "kubectl get events"を実行する
    ならば 出力に"Preempted"が含まれる

  @solution
  シナリオ: 実験を待たせる
    もし "kubectl scale deployment experiment --replicas=0"を実行する
    ならば 5分以内にDeployment"ingester"の2個中2個のレプリカが利用可能である
