# language: ja
機能: ノードを出さないクラウド
  クラスターオートスケーラーが求めたノードは、遅れて来ることも、まったく来ないこともある。

  背景:
    前提 1台のノードとクラスターオートスケーラーを持つクラスター
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
          spec:
            containers:
              - {name: nginx, image: nginx, resources: {requests: {cpu: 900m}}}
      """
    かつ すべてのPodの準備が完了している

  シナリオ: マシンが来なかったノードグループには、5分間求めない
    もし 2分間、クラウドの空き容量がなくなる
    かつ Deployment"web"を3個にスケールする
    ならば 3分以内にConfigMap"kube-system/cluster-autoscaler-status"にイベント"ScaleUpFailed"が記録されている
    かつ ノード"node-2"がない
    もし 3分が経過する
    ならば ノード"node-2"がない
    かつ 10分以内に"app=web"に一致する準備が完了したPodが3個である

  シナリオ: いつまでも準備の終わらないノードは見切られる
    もし 30秒間、新しいノードの準備に30倍の時間がかかる
    かつ Deployment"web"を3個にスケールする
    ならば 16分以内にConfigMap"kube-system/cluster-autoscaler-status"にイベント"ScaleUpTimedOut"が記録されている
    かつ 30分以内に"app=web"に一致する準備が完了したPodが3個である

  シナリオ: クラスターオートスケーラーが停止している間、ノードは増えない
    もし 5分間、クラスターオートスケーラーが停止する
    かつ Deployment"web"を3個にスケールする
    かつ 5秒が経過する
    ならば 4分間ずっと"app=web"に一致する保留中のPodが1個である
    かつ 6分以内に"app=web"に一致する準備が完了したPodが3個である
