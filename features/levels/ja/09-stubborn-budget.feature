# language: ja
@level @commands:2 @outage:0s @budget
機能: 終わらないdrain
  お店のPodは1つ、予算が求めるのも1つなので、退避は決して許されません。予算を破らず、止めずに、node-1を空にしてください。

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
    かつ 新しいノードが参加する
    かつ クライアントが"http://web/"に毎秒5件のリクエストを送る
    かつ 2秒が経過する

  @hint
  シナリオ: 予算は中断をひとつも許していない
    もし "kubectl get pdb"を実行する
    ならば 出力に"0"が含まれる
    かつ PodDisruptionBudget"web"が中断を0個まで許可する
    かつ PodDisruptionBudget"web"のフィールド".status.expectedPods"が"1"である

  @hint
  シナリオ: Podがもう1つあれば、1つは退避できる
    もし "kubectl get deployment web"を実行する
    ならば 出力に"1/1"が含まれる

  @solution
  シナリオ: 2つにしてからdrainする
    もし "kubectl scale deployment web --replicas=2"を実行する
    かつ "kubectl drain node-1 --ignore-daemonsets"を実行する
    ならば 5分以内にノード"node-1"のdrainが終わっている
    かつ 5分以内にService"web"が利用可能である
    かつ どのリクエストも失敗していない
