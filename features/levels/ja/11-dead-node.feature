# language: ja
@level @commands:2 @outage:30s
機能: 機械は死んでいる
  node-1の電源が落ちましたが、APIはまだ知りません。放っておけば、そこで動いていたものが作り直されるまで5分以上かかります。あなたは知っているのですから、もっと早くできます。
  死んだノードのPodは、ノードがなくなったと分かるか、だれかが強制するまで、そこに残ります。

  背景:
    前提 1台のノードを持つクラスター
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
    かつ 新しいノードが参加する
    かつ クライアントが"http://web/"に毎秒5件のリクエストを送る
    かつ 2秒が経過する
    かつ ノード"node-1"の電源が落ちる

  @hint
  シナリオ: APIはまだノードを準備完了と言っている
    もし "kubectl get nodes"を実行する
    ならば 出力に"Ready"が含まれる
    かつ "app=web"に一致する応答中のPodがちょうど0個である

  @hint
  シナリオ: 強制的に消したPodは、すぐにAPIからなくなる
    もし "kubectl get pods -o wide"を実行する
    ならば 出力に"node-1"が含まれる

  @hint
  シナリオ: スケジューラーもAPIを信じるので、死んだノードをまた選ぶかもしれない
    もし "kubectl get nodes"を実行する
    ならば 出力に"node-1"が含まれる

  @solution
  シナリオ: ノードにPodを置かせず、古いPodをAPIから強制的に消す
    もし "kubectl cordon node-1"を実行する
    かつ "kubectl delete pods -l app=web --force --grace-period=0"を実行する
    ならば 2分以内に"http://web/"へのリクエストに200が返る
    かつ 2分以内にDeployment"web"の1個中1個のレプリカが利用可能である
