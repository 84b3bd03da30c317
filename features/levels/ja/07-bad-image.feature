# language: ja
@level @commands:1 @outage:0s
機能: 動いていた版に戻す
  だれかが存在しないイメージをロールアウトしました。古いPodはまだ応答していますが、新しいPodが動くことはありません。Deploymentを元どおりにしましょう。

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
    かつ Deployment"web"に存在しないイメージを展開する
    かつ 30秒が経過する

  @hint
  シナリオ: 新しいPodはイメージを取得できない
    もし "kubectl get pods"を実行する
    ならば 出力に"Pull"が含まれる
    かつ "app=web"に一致する準備が完了したPodがちょうど2個である

  @hint
  シナリオ: Deploymentは以前のテンプレートを覚えている
    もし "kubectl rollout history deployment web"を実行する
    ならば 出力に"REVISION"が含まれる

  @solution
  シナリオ: ロールバックする
    もし "kubectl rollout undo deployment web"を実行する
    かつ すべてのPodの準備が完了している
    ならば 2分以内にDeployment"web"のロールアウトが完了している
    かつ どのリクエストも失敗していない
