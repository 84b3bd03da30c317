# language: ja
@level @commands:1 @outage:10s
機能: 違う扉
  ServiceはPodを知っているのに、リクエストはすべて拒否されます。nginxはポート80で待っています。

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
            containers:
              - name: nginx
                image: nginx:1.12
                ports:
                  - containerPort: 80
      ---
      apiVersion: v1
      kind: Service
      metadata:
        name: web
      spec:
        selector: {app: web}
        ports:
          - port: 80
            targetPort: 8080
      """
    かつ すべてのPodの準備が完了している
    かつ クライアントが"http://web/"に毎秒5件のリクエストを送る
    かつ 2秒が経過する

  @hint
  シナリオ: portはServiceが待つところ、targetPortは送る先
    もし "kubectl describe service web"を実行する
    ならば 出力に"8080"が含まれる

  @solution
  シナリオ: コンテナが待つポートに送る
    もし "kubectl patch service web --type=json -p '[{\"op\":\"replace\",\"path\":\"/spec/ports/0/targetPort\",\"value\":80}]'"を実行する
    ならば 1分以内に"http://web/"へのリクエストに200が返る
    かつ 1分以内にService"web"が2個のPodに振り分ける
