# language: ja
@level @commands:1 @outage:0s
機能: 同じものをもっと
  1つのPodがすべてのリクエストに答えています。昼には何倍にもなるので、4つにしておきましょう。途中でリクエストを失敗させてはいけません。
  Deploymentはいくつあるべきかを言うだけで、作るのはコントロールプレーンの仕事です。

  背景:
    前提 2台のノードを持つクラスター
    かつ 次のマニフェスト:
      """
      apiVersion: apps/v1
      kind: Deployment
      metadata:
        name: web
      spec:
        replicas: 1
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
            targetPort: 80
      """
    かつ すべてのPodの準備が完了している
    かつ クライアントが"http://web/"に毎秒5件のリクエストを送る
    かつ 2秒が経過する

  @hint
  シナリオ: Deploymentはreplicasの数だけPodを保つ
    もし "kubectl get deployment web"を実行する
    ならば 出力に"1/1"が含まれる

  @solution
  シナリオ: Deploymentをスケールする
    もし "kubectl scale deployment web --replicas=4"を実行する
    ならば 2分以内にDeployment"web"の4個中4個のレプリカが利用可能である
    かつ どのリクエストも失敗していない
