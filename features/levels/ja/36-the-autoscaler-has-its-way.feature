# language: ja
@level @commands:2
機能: オートスケーラーの思うまま
  80件の仕事が待っています。Pod1個に10件なので8個が要りますが、4個しかありません。誰かがDeploymentを8個にスケールしても、すぐに4個に戻ります。オートスケーラーの隣でスケールしても、元に戻されます。

  背景:
    前提 2台のノードを持つクラスター
    かつ メトリクス"queue"は"80"である
    かつ 次のマニフェスト:
      """
      apiVersion: apps/v1
      kind: Deployment
      metadata:
        name: web
      spec:
        selector:
          matchLabels:
            app: web
        template:
          metadata:
            labels:
              app: web
          spec:
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
      ---
      apiVersion: autoscaling/v2
      kind: HorizontalPodAutoscaler
      metadata:
        name: web
      spec:
        scaleTargetRef:
          apiVersion: apps/v1
          kind: Deployment
          name: web
        minReplicas: 2
        maxReplicas: 4
        metrics:
          - type: External
            external:
              metric:
                name: queue
              target:
                type: AverageValue
                averageValue: "10"
      """
    かつ 2分が経過する
    かつ Deployment"web"を8個にスケールする
    かつ 2分が経過する

  @hint
  シナリオ: いくつにするかを決めているものがある
    もし "kubectl get hpa"を実行する
    ならば 出力に"web"が含まれる
    かつ HorizontalPodAutoscaler"web"に"Current number of replicas below Spec.MinReplicas"を含むイベント"SuccessfulRescale"が記録されている
    かつ HorizontalPodAutoscaler"web"に"Current number of replicas above Spec.MaxReplicas"を含むイベント"SuccessfulRescale"が記録されている

  @hint
  シナリオ: それ以上増やさない理由も書かれている
    もし "kubectl describe hpa web"を実行する
    ならば 出力に"TooManyReplicas"が含まれる

  @solution
  シナリオ: もっと増やすことを許す
    もし "kubectl patch hpa web -p '{\"spec\":{\"maxReplicas\":10}}'"を実行する
    ならば 5分以内にDeployment"web"の8個中8個のレプリカが利用可能である

  @solution
  シナリオ: オートスケーラーを外してスケールする
    もし "kubectl delete hpa web"を実行する
    かつ "kubectl scale deployment web --replicas=8"を実行する
    ならば 5分以内にDeployment"web"の8個中8個のレプリカが利用可能である
