# language: ja
@level @commands:1
機能: 誰も読み直さない
  5分前からConfigMapにはgreenとあるのに、Podはまだblueのままです。変数はコンテナの起動時に渡され、ConfigMapが変わっても何も起動し直されません（kubernetes/kubernetes#22368）。

  背景:
    前提 2台のノードを持つクラスター
    かつ 次のマニフェスト:
      """
      apiVersion: apps/v1
      kind: StatefulSet
      metadata:
        name: web
      spec:
        replicas: 2
        serviceName: web
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
                envFrom:
                  - configMapRef:
                      name: settings
      ---
      apiVersion: v1
      kind: ConfigMap
      metadata:
        name: settings
      data:
        COLOUR: blue
      """
    かつ すべてのPodの準備が完了している
    かつ 次のマニフェスト:
      """
      apiVersion: v1
      kind: ConfigMap
      metadata:
        name: settings
      data:
        COLOUR: green
      """
    かつ 5分が経過する

  @hint
  シナリオ: 適用した値はそこにある
    もし "kubectl get configmap settings -o yaml"を実行する
    ならば 出力に"green"が含まれる

  @hint
  シナリオ: コンテナは起動時に渡された値のまま
    もし "kubectl exec web-0 -- env"を実行する
    ならば 出力に"COLOUR=blue"が含まれる

  @solution
  シナリオ: 起動し直す
    もし "kubectl rollout restart statefulset web"を実行する
    ならば 5分以内にPod"web-0"の環境変数"COLOUR"が"green"である
    かつ 5分以内にPod"web-1"の環境変数"COLOUR"が"green"である
    かつ 5分以内にStatefulSet"web"の2個中2個のレプリカの準備が完了している
