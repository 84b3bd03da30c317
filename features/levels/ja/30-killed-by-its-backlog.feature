# language: ja
@level @commands:1
機能: 滞った仕事に殺される
  障害の後、ゲートウェイはたまった仕事を片付けるのに200Miのメモリを使います。上限は静かな日に測ったものです。強制終了され、同じ仕事を抱えて起動し、また強制終了されます。

  背景:
    前提 2台のノードを持つクラスター
    かつ イメージ"tsdb-gw:1"は次のように振る舞う:
      """
      memory: 200Mi
      """
    かつ 次のマニフェスト:
      """
      apiVersion: apps/v1
      kind: Deployment
      metadata:
        name: gateway
      spec:
        replicas: 1
        selector:
          matchLabels:
            app: gateway
        template:
          metadata:
            labels:
              app: gateway
          spec:
            containers:
              - name: gateway
                image: tsdb-gw:1
                ports:
                  - containerPort: 80
                readinessProbe:
                  httpGet:
                    path: /
                    port: 80
                  periodSeconds: 2
                resources:
                  requests:
                    memory: 100Mi
                  limits:
                    memory: 150Mi
      """
    かつ 3分が経過する

  @hint
  シナリオ: 何度も強制終了されている
    もし "kubectl get pods"を実行する
    ならば 出力に"gateway"が含まれる

  @hint
  シナリオ: 最後の状態に理由があり、その近くに上限がある
    もし "kubectl describe pods --show-events"を実行する
    ならば 出力に"OOMKilled"が含まれる

  @solution
  シナリオ: メモリを増やす
    もし "kubectl set resources deployment gateway --limits=memory=300Mi"を実行する
    ならば 5分以内にDeployment"gateway"の1個中1個のレプリカが利用可能である

  @solution
  シナリオ: 上限をパッチで変える
    もし "kubectl patch deployment gateway -p '{\"spec\":{\"template\":{\"spec\":{\"containers\":[{\"name\":\"gateway\",\"resources\":{\"limits\":{\"memory\":\"256Mi\"}}}]}}}}'"を実行する
    ならば 5分以内にDeployment"gateway"の1個中1個のレプリカが利用可能である
