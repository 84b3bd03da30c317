# language: ja
@level @commands:1
機能: データベースのために再起動する
  :80/healthzのページはデータベースに尋ねますが、データベースは何時間も戻りません。Livenessプローブはそのページに尋ねるので、:80/なら答えるはずのPodが次々に強制終了されます。Podは2分もって利用可能になりますが、そこまで続きません。

  背景:
    前提 2台のノードを持つクラスター
    かつ イメージ"kuma:1"は次のように振る舞う:
      """
      http:
        /: /index.html
        /healthz: {status: 503, after: 1s}
      files:
        /index.html: shop
      """
    かつ 次のマニフェスト:
      """
      apiVersion: apps/v1
      kind: Deployment
      metadata:
        name: kuma
      spec:
        replicas: 2
        minReadySeconds: 120
        selector:
          matchLabels:
            app: kuma
        template:
          metadata:
            labels:
              app: kuma
          spec:
            containers:
              - name: kuma
                image: kuma:1
                ports:
                  - containerPort: 80
                readinessProbe:
                  httpGet:
                    path: /
                    port: 80
                  periodSeconds: 2
                livenessProbe:
                  httpGet:
                    path: /healthz
                    port: 80
                  periodSeconds: 5
      """
    かつ 3分が経過する

  @hint
  シナリオ: 再起動が続いている
    もし "kubectl describe pods --show-events"を実行する
    ならば 出力に"Liveness probe failed"が含まれる
    もし "kubectl get pods"を実行する
    ならば 出力に"4 (35s ago)"が含まれる

  @hint
  シナリオ: 再起動してもデータベースは戻らない。Livenessはプログラムだけを確かめるべき
    もし "kubectl describe deployment kuma"を実行する
    ならば 出力に"http-get http://:80/healthz"が含まれる

  @solution
  シナリオ: プログラム自身が答えるページに尋ねる
    もし "kubectl patch deployment kuma -p '{\"spec\":{\"template\":{\"spec\":{\"containers\":[{\"name\":\"kuma\",\"livenessProbe\":{\"httpGet\":{\"path\":\"/\",\"port\":80}}}]}}}}'"を実行する
    ならば 10分以内にDeployment"kuma"の2個中2個のレプリカが利用可能である

  @solution
  シナリオ: 何も尋ねない
    もし "kubectl patch deployment kuma --type=json -p '[{\"op\":\"remove\",\"path\":\"/spec/template/spec/containers/0/livenessProbe\"}]'"を実行する
    ならば 10分以内にDeployment"kuma"の2個中2個のレプリカが利用可能である
