# language: ja
@level @commands:2 @budget
機能: 数えられているのは誰か
  すべてのPodが健全なのに、半数を求める予算が何も許可しません。CronJobのPodも選んでいて、Jobの半分がいくつなのかは誰にも言えないからです（kubernetes/kubernetes#77383）。node-1を空けてください。

  背景:
    前提 3台のノードを持つクラスター
    かつ 次のマニフェスト:
      """
      apiVersion: apps/v1
      kind: Deployment
      metadata:
        name: batch
      spec:
        replicas: 4
        selector:
          matchLabels:
            app: batch
        template:
          metadata:
            labels:
              app: batch
              tier: server
          spec:
            containers:
              - name: nginx
                image: nginx:1.12
                ports:
                  - containerPort: 80
                readinessProbe:
                  httpGet:
                    path: /
                    port: 80
                  periodSeconds: 2
      ---
      apiVersion: batch/v1
      kind: CronJob
      metadata:
        name: cleanup
      spec:
        schedule: "* * * * *"
        jobTemplate:
          spec:
            template:
              metadata:
                labels:
                  app: batch
              spec:
                restartPolicy: Never
                containers:
                  - name: cleanup
                    image: busybox
                    command: ["sleep", "90"]
      ---
      apiVersion: policy/v1
      kind: PodDisruptionBudget
      metadata:
        name: batch
      spec:
        minAvailable: 50%
        selector:
          matchLabels:
            app: batch
      """
    かつ すべてのPodの準備が完了している
    かつ 2分が経過する

  @hint
  シナリオ: 予算が、なぜ数えられないかを言っている
    もし "kubectl describe pdb batch"を実行する
    ならば 出力に"scale"が含まれる

  @hint
  シナリオ: サーバーにはJobにないラベルが付いている
    もし "kubectl get pods --show-labels"を実行する
    ならば 出力に"tier=server"が含まれる

  @solution
  シナリオ: サーバーだけを選ばせてからdrainする
    もし "kubectl patch pdb batch --type=merge -p '{\"spec\":{\"selector\":{\"matchLabels\":{\"app\":null,\"tier\":\"server\"}}}}'"を実行する
    かつ "kubectl drain node-1 --ignore-daemonsets --force"を実行する
    ならば 5分以内にノード"node-1"のdrainが終わっている
    かつ 5分以内にDeployment"batch"の4個中4個のレプリカが利用可能である
