# language: ja
@level @commands:1 @outage:0s
機能: 早すぎるReady
  新しいバージョンは起動に30秒かかり、答えるかどうかを誰も確かめないので、すぐに準備完了と数えられます。展開する前に、ロールアウトが:80/の応答を待つようにしてください。リクエストを一つも失敗させないでください。

  背景:
    前提 2台のノードを持つクラスター
    かつ イメージ"shop:1"は次のように振る舞う:
      """
      startup: 1s
      """
    かつ イメージ"shop:2"は次のように振る舞う:
      """
      startup: 30s
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
    かつ 5秒が経過する
    かつ クライアントが"http://web/"に毎秒5件のリクエストを送る
    かつ 5秒が経過する

  @hint
  シナリオ: Readiness Probeがない
    もし Deployment"web"のイメージを"shop:2"に変更する
    かつ 15秒が経過する
    ならば Deployment"web"のロールアウトが完了している
    かつ どの時点でも"app=web"に一致するPodのうち少なくとも2個が利用可能である
    かつ ある時点でDeployment"web"のフィールド".status.replicas"が"3"である
    かつ "http://web/"へのリクエストが拒否される

  @hint
  シナリオ: 一度のpatchでイメージを変え、Probeを加えられる
    もし "kubectl get deployment web"を実行する
    ならば 出力に"2/2"が含まれる

  @solution
  シナリオ: Readiness Probeと一緒に展開する
    もし "kubectl patch deployment web -p '{\"spec\":{\"template\":{\"spec\":{\"containers\":[{\"name\":\"shop\",\"image\":\"shop:2\",\"readinessProbe\":{\"httpGet\":{\"path\":\"/\",\"port\":80},\"periodSeconds\":2}}]}}}}'"を実行する
    かつ すべてのPodの準備が完了している
    かつ 30秒が経過する
    ならば 5分以内にDeployment"web"のロールアウトが完了している
    かつ Deployment"web"のフィールド".spec.template.spec.containers[0].image"が"shop:2"である
    かつ どのリクエストも失敗していない
