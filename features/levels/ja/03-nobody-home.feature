# language: ja
@level @commands:1 @outage:10s
機能: だれもいないService
  Podは2つとも準備ができているのに、Serviceはだれにも答えません。ServiceはラベルだけでPodを見つけます。

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
        selector: {app: nginx}
        ports:
          - port: 80
            targetPort: 80
      """
    かつ すべてのPodの準備が完了している
    かつ クライアントが"http://web/"に毎秒5件のリクエストを送る
    かつ 2秒が経過する

  @hint
  シナリオ: Serviceにエンドポイントがない
    もし "kubectl describe service web"を実行する
    ならば 出力に"app=nginx"が含まれる

  @hint
  シナリオ: Podのラベルはそれとは違う
    もし "kubectl get pods --show-labels"を実行する
    ならば 出力に"app=web"が含まれる

  @solution
  シナリオ: Podが持つラベルを選ぶ
    もし "kubectl patch service web -p '{\"spec\":{\"selector\":{\"app\":\"web\"}}}'"を実行する
    ならば 1分以内にService"web"が2個のPodに振り分ける
    かつ 1分以内に"http://web/"へのリクエストに200が返る
