# language: ja
機能: 必要に応じて増減するノード
  クラスターオートスケーラーは、Podの置き場がなければクラウドにノードを求め、10分間誰にも必要とされなかったノードを返す。
  台数はノードグループごとに決められた範囲に収まる。

  背景:
    前提 2台のノードとクラスターオートスケーラーを持つクラスター
    かつ 次のマニフェスト:
      """
      apiVersion: apps/v1
      kind: Deployment
      metadata: {name: web}
      spec:
        replicas: 4
        selector: {matchLabels: {app: web}}
        template:
          metadata: {labels: {app: web}}
          spec:
            containers:
              - {name: nginx, image: nginx, resources: {requests: {cpu: 900m}}}
      """
    かつ すべてのPodの準備が完了している

  シナリオ: 置き場のないPodにはノードが与えられ、Podがなくなればノードもなくなる
    もし Deployment"web"を6個にスケールする
    ならば 3分以内に"app=web"に一致する準備が完了したPodが6個である
    かつ ノード"node-3"がある
    もし Deployment"web"を2個にスケールする
    ならば 25分以内にノード"node-3"がない
    かつ どの時点でも"app=web"に一致するPodのうち少なくとも1個が利用可能である

  シナリオ: どのグループのノードよりも大きいPodには、ノードを増やさない
    もし 次のマニフェスト:
      """
      apiVersion: v1
      kind: Pod
      metadata: {name: huge}
      spec:
        containers:
          - {name: nginx, image: nginx, resources: {requests: {cpu: "3"}}}
      """
    ならば 1分以内にPod"huge"に"1 Insufficient cpu"を含むイベント"NotTriggerScaleUp"が記録されている
