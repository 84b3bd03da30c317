# language: ja
@level @commands:1
機能: 何かが足りない
  Podの置き場所は決まり、イメージも取得されたのに、コンテナが始まりません。

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
                env:
                  - name: GREETING
                    valueFrom:
                      configMapKeyRef: {name: settings, key: greeting}
      """
    かつ 20秒が経過する

  @hint
  シナリオ: kubeletは何を待っているかを言っている
    もし "kubectl describe pods --show-events"を実行する
    ならば 出力に"settings"が含まれる

  @solution
  シナリオ: ConfigMapを作る
    もし "kubectl create configmap settings --from-literal=greeting=hello"を実行する
    ならば 2分以内にDeployment"web"の2個中2個のレプリカが利用可能である
