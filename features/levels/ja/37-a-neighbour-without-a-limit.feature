# language: ja
@level @commands:1
機能: 上限のない隣人
  あるプログラムは毎秒より多くのメモリを使い、どれだけ使ってよいかは誰も決めていません。ノードのメモリが足りなくなり、kubeletが場所を空けるたびに、Webサーバーが退避させられます。漏らす方に上限を付けてください。Webサーバーは残らなければなりません。

  背景:
    前提 次のノードを持つクラスター:
      | name | memory |
      | node-1 | 1Gi |
    かつ イメージ"web:1"は次のように振る舞う:
      """
      memory: 500Mi
      """
    かつ イメージ"elastalert:1"は次のように振る舞う:
      """
      memory: {start: 50Mi, grow: 3Mi/s}
      """
    かつ 次のマニフェスト:
      """
      apiVersion: apps/v1
      kind: Deployment
      metadata:
        name: web
      spec:
        replicas: 1
        minReadySeconds: 300
        selector:
          matchLabels:
            app: web
        template:
          metadata:
            labels:
              app: web
          spec:
            containers:
              - name: web
                image: web:1
                ports:
                  - containerPort: 80
                readinessProbe:
                  httpGet:
                    path: /
                    port: 80
                  periodSeconds: 2
      ---
      apiVersion: apps/v1
      kind: Deployment
      metadata:
        name: elastalert
      spec:
        replicas: 1
        selector:
          matchLabels:
            app: elastalert
        template:
          metadata:
            labels:
              app: elastalert
          spec:
            containers:
              - name: elastalert
                image: elastalert:1
      """
    かつ 6分が経過する

  @hint
  シナリオ: 退避させられた
    もし "kubectl get events"を実行する
    ならば 出力に"Evicted"が含まれる

  @hint
  シナリオ: 漏らす方に上限がない
    もし "kubectl describe deployment elastalert"を実行する
    ならば 出力に"elastalert:1"が含まれる

  @solution
  シナリオ: 漏らす方に上限を付ける
    もし "kubectl set resources deployment elastalert --limits=memory=200Mi"を実行する
    ならば 20分以内にDeployment"web"の1個中1個のレプリカが利用可能である
