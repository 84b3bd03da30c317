# language: ja
@level @commands:1
機能: 起動する前に止められる
  起動に1分かかるプログラムを、Liveness Probeはその半分しか待ちません。止められ、起動し直し、また止められます（treeverse/charts#143）。Liveness Probeを残したまま、起動させてください。

  背景:
    前提 2台のノードを持つクラスター
    かつ イメージ"lakefs:1"は次のように振る舞う:
      """
      startup: 1m
      """
    かつ 次のマニフェスト:
      """
      apiVersion: apps/v1
      kind: Deployment
      metadata:
        name: lakefs
      spec:
        replicas: 1
        selector:
          matchLabels:
            app: lakefs
        template:
          metadata:
            labels:
              app: lakefs
          spec:
            containers:
              - name: lakefs
                image: lakefs:1
                ports:
                  - containerPort: 8000
                readinessProbe:
                  httpGet:
                    path: /
                    port: 8000
                  periodSeconds: 2
                livenessProbe:
                  httpGet:
                    path: /
                    port: 8000
                  periodSeconds: 10
                  failureThreshold: 3
      """
    かつ 2分が経過する

  @hint
  シナリオ: 自分で落ちているのではない
    もし "kubectl describe pods --show-events"を実行する
    ならば 出力に"failed liveness probe"が含まれる

  @hint
  シナリオ: Startup Probeが成功するまで、Liveness Probeは始まらない
    もし "kubectl get pods"を実行する
    ならば 出力に"0/1"が含まれる
    かつ 出力に"2 (20s ago)"が含まれる

  @solution
  シナリオ: 起動する時間を与える
    もし "kubectl patch deployment lakefs -p '{\"spec\":{\"template\":{\"spec\":{\"containers\":[{\"name\":\"lakefs\",\"startupProbe\":{\"httpGet\":{\"path\":\"/\",\"port\":8000},\"periodSeconds\":5,\"failureThreshold\":60}}]}}}}'"を実行する
    かつ すべてのPodの準備が完了している
    ならば 5分以内にDeployment"lakefs"のロールアウトが完了している
    かつ 5分以内にDeployment"lakefs"のフィールド".spec.template.spec.containers[0].livenessProbe.httpGet.port"が"8000"である
