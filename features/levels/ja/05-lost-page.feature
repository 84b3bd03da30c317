# language: ja
@level @commands:1 @outage:20s
機能: 消えたページ
  だれかがコンテナの中のindex.htmlを消しました。それを見るプローブはないので、Kubernetesにとってはすべて正常、お客さんにとってはすべて異常です。
  コンテナの中の変更は、そのコンテナが終わるまでしか残りません。

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
    かつ "app=web"に一致するPodのうち1個で"rm /usr/share/nginx/html/index.html"を実行する
    かつ 2秒が経過する

  @hint
  シナリオ: 何を答えようと、Podは準備完了のまま
    もし "kubectl get pods -o wide"を実行する
    ならば 出力に"1/1"が含まれる
    かつ "http://web/"へのリクエストに403が返る

  @hint
  シナリオ: 新しいコンテナは、イメージのファイルから始まる
    もし "kubectl get deployment web"を実行する
    ならば 出力に"1/1"が含まれる

  @solution
  シナリオ: 新しいPodに代わってもらう
    もし "kubectl rollout restart deployment web"を実行する
    かつ すべてのPodの準備が完了している
    ならば 2分以内に"http://web/"へのリクエストに200が返る
    かつ 2分以内にDeployment"web"のロールアウトが完了している
