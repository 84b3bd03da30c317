# language: ja
@level @commands:1 @outage:0s
機能: 空きのないロールアウト
  Podはノードと同じ数で、同じノードには置けません。ロールアウトは、古いPodを終わらせる前に1つ多く作ろうとして、いつまでも待ちます（kubernetes/kubernetes#116891）。

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
          matchLabels: {app: web}
        template:
          metadata:
            labels: {app: web}
          spec:
            affinity:
              podAntiAffinity:
                requiredDuringSchedulingIgnoredDuringExecution:
                  - labelSelector:
                      matchLabels: {app: web}
                    topologyKey: kubernetes.io/hostname
            containers:
              - name: nginx
                image: nginx:1.12
                ports:
                  - containerPort: 80
                readinessProbe:
                  httpGet: {path: /, port: 80}
                  periodSeconds: 5
                lifecycle:
                  preStop:
                    exec: {command: ["sleep", "5"]}
      ---
      apiVersion: v1
      kind: Service
      metadata:
        name: web
      spec:
        selector: {app: web}
        ports:
          - port: 80
            targetPort: 80
      """
    かつ すべてのPodの準備が完了している
    かつ クライアントが"http://web/"に毎秒5件のリクエストを送る
    かつ "kubectl set image deployment web nginx=nginx:1.13"を実行する
    かつ 30秒が経過する

  @hint
  シナリオ: 2つの25%は切り捨てて0。1つも欠けてはならない
    もし "kubectl describe deployment web"を実行する
    ならば 出力に"25% max unavailable"が含まれる
    かつ "app=web"に一致する保留中のPodがちょうど1個である

  @solution
  シナリオ: 1つ欠けてもよく、多くはしない
    もし "kubectl patch deployment web -p '{\"spec\":{\"strategy\":{\"rollingUpdate\":{\"maxUnavailable\":1,\"maxSurge\":0}}}}'"を実行する
    ならば 5分以内にDeployment"web"のロールアウトが完了している
    かつ どのリクエストも失敗していない
