# language: ja
@level @commands:2
機能: 出ていかない客
  Podはクラッシュを繰り返すので健全なものがなく、予算はどれの退避も許さず、drainはいつまでも待ちます（kubernetes/kubernetes#72320）。
  働いていないPodに保護は要りません。予算にはそう書けます。

  背景:
    前提 2台のノードを持つクラスター
    かつ ノード"node-2"をcordonする
    かつ イメージ"shop:1"は次のように振る舞う:
      """
      exits: {after: 2s, code: 1}
      """
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
                image: shop:1
                ports:
                  - containerPort: 80
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
    かつ 2分が経過する

  @hint
  シナリオ: 健全なPodがないので、どれも退避できない
    もし "kubectl get pdb web"を実行する
    ならば 出力に"0"が含まれる
    かつ PodDisruptionBudget"web"のフィールド".status.expectedPods"が"2"である
    かつ PodDisruptionBudget"web"のフィールド".status.desiredHealthy"が"1"である
    かつ PodDisruptionBudget"web"のフィールド".status.currentHealthy"が"0"である
    かつ Deployment"web"のPodが1台のノード上にある

  @hint
  シナリオ: unhealthyPodEvictionPolicy: AlwaysAllowなら、健全でないPodは退避できる
    もし "kubectl get pods"を実行する
    ならば 出力に"CrashLoopBackOff"が含まれる

  @solution
  シナリオ: 健全でないものは行かせる
    もし "kubectl patch pdb web --type=merge -p '{\"spec\":{\"unhealthyPodEvictionPolicy\":\"AlwaysAllow\"}}'"を実行する
    かつ "kubectl drain node-1 --ignore-daemonsets"を実行する
    ならば 5分以内にノード"node-1"のdrainが終わっている
