# language: ja
@level @commands:2 @outage:0s
機能: メンテナンスの後で集まったまま
  node-2のメンテナンスは10分前に終わりました。Podはひとりでには戻りません。すべてがnode-1にあり、node-1とともに失われます。停止させずに、もう一度分けてください。

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
            topologySpreadConstraints:
              - maxSkew: 1
                topologyKey: kubernetes.io/hostname
                whenUnsatisfiable: ScheduleAnyway
                labelSelector:
                  matchLabels:
                    app: web
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
      """
    かつ すべてのPodの準備が完了している
    かつ クライアントが"http://web/"に毎秒5件のリクエストを送る
    かつ ノード"node-2"をdrainする
    かつ 1分が経過する
    かつ ノード"node-2"をuncordonする
    かつ 10分が経過する

  @hint
  シナリオ: 同じノードにいる
    もし "kubectl get pods -o wide"を実行する
    ならば 出力に"node-1"が含まれる
    かつ Deployment"web"のPodが1台のノード上にある

  @hint
  シナリオ: Podは移動しない。新しいPodは、まだないところに置かれる。ロールアウトでは古いPodも数えられる
    もし "kubectl rollout restart deployment web"を実行する
    かつ 2分が経過する
    ならば Deployment"web"のロールアウトが完了している
    かつ Deployment"web"のフィールド".metadata.annotations.deployment\.kubernetes\.io/revision"が"2"である
    かつ Deployment"web"のPodが1台のノード上にある

  @solution
  シナリオ: しばらく3個にする。3個目は何もないところに置かれ、集まっているものから1個が消える
    もし "kubectl scale deployment web --replicas=3"を実行する
    かつ 1分が経過する
    かつ "kubectl scale deployment web --replicas=2"を実行する
    かつ 30秒が経過する
    ならば 5分以内に"app=web"に一致するPodがノードごとに1個以下である
    かつ 5分以内にDeployment"web"の2個中2個のレプリカが利用可能である
    かつ どのリクエストも失敗していない
