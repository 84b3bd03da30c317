# language: ja
@level @commands:1
機能: だれも守らない予算
  予算はありますが、書き間違いで存在しないPodを選んでいるので、何も守っていません。次のメンテナンスまでだれも気づかないでしょう。

  背景:
    前提 2台のノードを持つクラスター
    かつ 次のマニフェスト:
      """
      apiVersion: apps/v1
      kind: Deployment
      metadata:
        name: web
      spec:
        replicas: 3
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
      apiVersion: policy/v1
      kind: PodDisruptionBudget
      metadata:
        name: web
      spec:
        minAvailable: 2
        selector:
          matchLabels: {app: wbe}
      """
    かつ すべてのPodの準備が完了している
    かつ 5秒が経過する

  @hint
  シナリオ: 数えるPodがないので、中断を1つも許していない
    もし "kubectl get pdb web"を実行する
    ならば 出力に"0"が含まれる

  @hint
  シナリオ: セレクターとPodのラベルを比べる
    もし "kubectl get pdb web -o yaml"を実行する
    ならば 出力に"wbe"が含まれる

  @solution
  シナリオ: 実在するPodを選ぶ
    もし "kubectl patch pdb web --type=merge -p '{\"spec\":{\"selector\":{\"matchLabels\":{\"app\":\"web\"}}}}'"を実行する
    ならば 1分以内にPodDisruptionBudget"web"が中断を1個まで許可する
