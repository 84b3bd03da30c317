# language: ja
@level @commands:1 @outage:0s @budget
機能: 昼間のメンテナンス
  node-1のディスクを替えます。ノードを空にしてください。予算（PodDisruptionBudget）は、少なくとも1つのPodが利用できることを求めています。
  drainはPodを退避させ、退避はまず予算に尋ねます。

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
                readinessProbe:
                  httpGet: {path: /, port: 80}
                  periodSeconds: 5
                lifecycle:
                  preStop:
                    exec: {command: ["sleep", "5"]}
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
      ---
      apiVersion: policy/v1
      kind: PodDisruptionBudget
      metadata:
        name: web
      spec:
        minAvailable: 1
        selector:
          matchLabels: {app: web}
      """
    かつ すべてのPodの準備が完了している
    かつ クライアントが"http://web/"に毎秒5件のリクエストを送る
    かつ 2秒が経過する

  @hint
  シナリオ: ノード上のPodはkubectl drainで退避させる
    もし "kubectl get pods -o wide"を実行する
    ならば 出力に"node-1"が含まれる
    かつ PodDisruptionBudget"web"が中断を1個まで許可する

  @solution
  シナリオ: ノードをdrainする
    もし "kubectl drain node-1 --ignore-daemonsets"を実行する
    ならば 5分以内にノード"node-1"のdrainが終わっている
    かつ 5分以内にDeployment"web"の2個中2個のレプリカが利用可能である
    かつ どのリクエストも失敗していない
