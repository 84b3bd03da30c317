# language: ja
@level @commands:1 @outage:0s
機能: 6個目のPod
  6個のPodを、ノードにもゾーンにも均等に置くことになっています。zone-bのノードは1台、zone-aは2台です。5個なら両方を守れますが、6個目はどこに置いても片方を破ります。それでも動かしてください。その間もリクエストは続きます。

  背景:
    前提 次のノードを持つクラスター:
      | name | zone |
      | node-1 | zone-a |
      | node-2 | zone-a |
      | node-3 | zone-b |
    かつ 次のマニフェスト:
      """
      apiVersion: apps/v1
      kind: Deployment
      metadata:
        name: web
      spec:
        replicas: 5
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
                whenUnsatisfiable: DoNotSchedule
                labelSelector:
                  matchLabels:
                    app: web
              - maxSkew: 1
                topologyKey: topology.kubernetes.io/zone
                whenUnsatisfiable: DoNotSchedule
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
    かつ Deployment"web"を6個にスケールする
    かつ 1分が経過する

  @hint
  シナリオ: Podが待つ理由はスケジューラーが伝えている
    もし "kubectl get events"を実行する
    ならば 出力に"didn't match pod topology spread constraints"が含まれる

  @hint
  シナリオ: 片方の規則は希望（ScheduleAnyway）でもよい
    もし "kubectl get deployment web -o yaml"を実行する
    ならば 出力に"DoNotSchedule"が含まれる

  @solution
  シナリオ: 片方の規則を希望にする
    もし "kubectl patch deployment web --type=json -p '[{\"op\":\"replace\",\"path\":\"/spec/template/spec/topologySpreadConstraints/1/whenUnsatisfiable\",\"value\":\"ScheduleAnyway\"}]'"を実行する
    かつ 30秒が経過する
    ならば 5分以内にDeployment"web"の6個中6個のレプリカが利用可能である
    かつ どのリクエストも失敗していない

  @solution
  シナリオ: 片方の規則をなくす
    もし "kubectl patch deployment web --type=json -p '[{\"op\":\"remove\",\"path\":\"/spec/template/spec/topologySpreadConstraints/1\"}]'"を実行する
    かつ 30秒が経過する
    ならば 5分以内にDeployment"web"の6個中6個のレプリカが利用可能である
    かつ どのリクエストも失敗していない
