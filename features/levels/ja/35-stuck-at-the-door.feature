# language: ja
@level @commands:1 @outage:0s
機能: 誰も開けない扉
  新しいバージョンを展開しましたが、Readinessプローブは存在しない:80/readyに尋ねています。答えるのは:80/です。古いPodが応答し続けているので誰も気付いていません。新しいPodが必要なセールは1時間後に始まります。

  背景:
    前提 2台のノードを持つクラスター
    かつ イメージ"shop:1"は次のように振る舞う:
      """
      http:
        /: /index.html
      files:
        /index.html: old
      """
    かつ イメージ"shop:2"は次のように振る舞う:
      """
      http:
        /: /index.html
      files:
        /index.html: new
      """
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
              - name: shop
                image: shop:1
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
      """
    かつ すべてのPodの準備が完了している
    かつ クライアントが"http://web/"に毎秒5件のリクエストを送る
    かつ "kubectl patch deployment web -p '{\"spec\":{\"template\":{\"spec\":{\"containers\":[{\"name\":\"shop\",\"image\":\"shop:2\",\"readinessProbe\":{\"httpGet\":{\"path\":\"/ready\"}}}]}}}}'"を実行する
    かつ 5分が経過する

  @hint
  シナリオ: 展開は準備のできないPodを待っている
    もし "kubectl get pods"を実行する
    ならば 出力に"0/1"が含まれる
    かつ "app=web"に一致する利用可能なPodがちょうど2個である

  @hint
  シナリオ: プローブへの答えはイベントにある
    もし "kubectl describe pods --show-events"を実行する
    ならば 出力に"Readiness probe failed"が含まれる

  @solution
  シナリオ: 誰かがいるところを叩く
    もし "kubectl patch deployment web -p '{\"spec\":{\"template\":{\"spec\":{\"containers\":[{\"name\":\"shop\",\"readinessProbe\":{\"httpGet\":{\"path\":\"/\",\"port\":80}}}]}}}}'"を実行する
    かつ 30秒が経過する
    ならば 5分以内にDeployment"web"のロールアウトが完了している
    かつ Deployment"web"のフィールド".spec.template.spec.containers[0].image"が"shop:2"である
    かつ どのリクエストも失敗していない
