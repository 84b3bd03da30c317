# language: ja
@level @commands:1 @outage:0s
機能: クォータに空きがない
  クォータは今と同じ数のPodしか許さず、ロールアウトはまず1個多くを求めます（kubernetes/kubernetes#89209）。クォータはそのままで、停止なしに終わらせてください。

  背景:
    前提 2台のノードを持つクラスター
    かつ 次のマニフェスト:
      """
      apiVersion: apps/v1
      kind: Deployment
      metadata:
        name: web
      spec:
        replicas: 2
        selector:
          matchLabels:
            app: web
        template:
          metadata:
            labels:
              app: web
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
                lifecycle:
                  preStop:
                    sleep:
                      seconds: 5
      ---
      apiVersion: v1
      kind: Service
      metadata:
        name: web
      spec:
        selector:
          app: web
        ports:
          - port: 80
      ---
      apiVersion: v1
      kind: ResourceQuota
      metadata:
        name: pods
      spec:
        hard:
          pods: 2
      """
    かつ すべてのPodの準備が完了している
    かつ クライアントが"http://web/"に毎秒5件のリクエストを送る
    かつ "kubectl set image deployment web nginx=nginx:1.13"を実行する
    かつ 30秒が経過する

  @hint
  シナリオ: クォータが許すPodはすべて使われている
    もし "kubectl describe quota pods"を実行する
    ならば 出力に"2"が含まれる
    かつ Deployment"web"のコンディション"ReplicaFailure"が理由"FailedCreate"で"True"である

  @hint
  シナリオ: 2の25%を切り捨てると、欠けてよいPodは0個
    もし "kubectl describe deployment web"を実行する
    ならば 出力に"25% max unavailable"が含まれる

  @solution
  シナリオ: 1個が欠けることを許す
    もし "kubectl patch deployment web -p '{\"spec\":{\"strategy\":{\"rollingUpdate\":{\"maxUnavailable\":1}}}}'"を実行する
    ならば 20分以内にDeployment"web"のロールアウトが完了している
    かつ ResourceQuota"pods"のフィールド".spec.hard.pods"が"2"である
    かつ どのリクエストも失敗していない
