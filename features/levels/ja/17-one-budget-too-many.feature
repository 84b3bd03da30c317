# language: ja
@level @commands:2 @budget
機能: 一つ多い予算
  チャートに予算が付いており、チームも予算を加えました。二つの予算が選ぶPodはまったく退避できません。APIサーバーはエラーを返します。チャートの予算を残して、node-1を空けてください。

  背景:
    前提 3台のノードを持つクラスター
    かつ 次のマニフェスト:
      """
      apiVersion: apps/v1
      kind: Deployment
      metadata:
        name: web
      spec:
        replicas: 3
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
      apiVersion: policy/v1
      kind: PodDisruptionBudget
      metadata:
        name: web-of-the-chart
      spec:
        maxUnavailable: 1
        selector:
          matchLabels:
            app: web
      ---
      apiVersion: policy/v1
      kind: PodDisruptionBudget
      metadata:
        name: web-of-the-team
      spec:
        minAvailable: 2
        selector:
          matchLabels:
            app: web
      """
    かつ すべてのPodの準備が完了している

  @hint
  シナリオ: 二つの予算が同じPodを選んでいる
    もし "kubectl get pdb"を実行する
    ならば 出力に"web-of-the-team"が含まれる
    かつ PodDisruptionBudget"web-of-the-team"のフィールド".status.desiredHealthy"が"2"である
    かつ PodDisruptionBudget"web-of-the-chart"のフィールド".status.desiredHealthy"が"2"である

  @hint
  シナリオ: 退避するPodには予算が一つしかあってはならない
    もし "kubectl drain node-1 --ignore-daemonsets --timeout=30s"を実行する
    ならば コマンドが"This pod has more than one PodDisruptionBudget"というエラーで失敗する

  @solution
  シナリオ: 一つを除いてからdrainする
    もし "kubectl delete pdb web-of-the-team"を実行する
    かつ "kubectl drain node-1 --ignore-daemonsets"を実行する
    ならば 5分以内にノード"node-1"のdrainが終わっている
    かつ 5分以内にDeployment"web"の3個中3個のレプリカが利用可能である
    かつ PodDisruptionBudget"web-of-the-chart"がある
