# language: ja
機能: オブジェクトの状態とPodの配置
  コンディション、フィールド、ロールアウトの状態、Podの散らばりを、どのオブジェクトにも、今にもどの時点にも問える。

  背景:
    前提 2台のノードを持つクラスター
    かつ 次のマニフェスト:
      """
      apiVersion: apps/v1
      kind: Deployment
      metadata: {name: web}
      spec:
        replicas: 2
        selector: {matchLabels: {app: web}}
        template:
          metadata: {labels: {app: web}}
          spec: {containers: [{name: web, image: "nginx:1.27"}]}
      """
    かつ すべてのPodの準備が完了している

  シナリオ: ロールアウトが終わるまで
    もし Deployment"web"のイメージを"nginx:1.28"に変更する
    ならば Deployment"web"のロールアウトが進行中である
    かつ 1分以内にDeployment"web"のロールアウトが完了している
    かつ Deployment"web"のフィールド".spec.replicas"が"2"である
    かつ Deployment"web"のコンディション"Available"が"True"である
    かつ Deployment"web"のコンディション"Progressing"が理由"NewReplicaSetAvailable"で"True"である
    かつ どの時点でも"app=web"に一致するPodがノードごとに2個以下である
    かつ どの時点でも"app=web"に一致する利用可能なPodが2個以上である
    かつ すべてのPodの準備が完了している

  シナリオ: Podは2台のノードに散らばる
    もし 1分が経過する
    ならば Deployment"web"のPodが2台のノード上にある
