# language: ja
機能: 名前空間の制限
  コンテナが書かないものはLimitRangeが補い、その範囲やクォータを超えるものは受け付けられない。DeploymentはそれをReplicaSet
  を通してしか知らない。Podは足りないままで、イベントが理由を述べる。

  背景:
    前提 2台のノードを持つクラスター

  シナリオ: 何も要求しないコンテナには名前空間の既定値が入る
    前提 次のマニフェスト:
      """
      apiVersion: v1
      kind: LimitRange
      metadata: {name: usual}
      spec:
        limits:
          - type: Container
            default: {cpu: 500m, memory: 256Mi}
            defaultRequest: {cpu: 100m, memory: 128Mi}
      """
    もし "kubectl run web --image=nginx"を実行する
    かつ "kubectl get pod web -o jsonpath={.spec.containers[0].resources}"を実行する
    ならば 出力に次が含まれる:
      """
      {"limits":{"cpu":"500m","memory":"256Mi"},"requests":{"cpu":"100m","memory":"128Mi"}}
      """
    かつ すべてのPodの準備が完了している

  シナリオ: 範囲を超えるPodは拒否される
    前提 次のマニフェスト:
      """
      apiVersion: v1
      kind: LimitRange
      metadata: {name: small}
      spec:
        limits:
          - type: Container
            max: {memory: 1Gi}
      ---
      apiVersion: apps/v1
      kind: Deployment
      metadata: {name: web}
      spec:
        selector: {matchLabels: {app: web}}
        template:
          metadata: {labels: {app: web}}
          spec:
            containers: [{name: web, image: nginx, resources: {limits: {memory: 2Gi}}}]
      """
    ならば 10秒以内にReplicaSet"web-555d7559f"に"maximum memory usage per Container is 1Gi, but limit is 2Gi"を含むイベント"FailedCreate"が記録されている

  シナリオ: クォータは、NodePortを求めるようになったServiceも止める
    前提 次のマニフェスト:
      """
      apiVersion: v1
      kind: ResourceQuota
      metadata: {name: few}
      spec: {hard: {services.nodeports: 0, count/deployments.apps: 1}}
      ---
      apiVersion: v1
      kind: Service
      metadata: {name: web}
      spec: {selector: {app: web}, ports: [{port: 80}]}
      """
    もし 次を実行する:
      """
      kubectl patch service web -p '{"spec":{"type":"NodePort"}}'
      """
    ならば コマンドが"exceeded quota: few, requested: services.nodeports=1, used: services.nodeports=0, limited: services.nodeports=0"というエラーで失敗する
    もし "kubectl create deployment one --image=nginx"を実行する
    かつ "kubectl create deployment two --image=nginx"を実行する
    ならば コマンドが"exceeded quota: few, requested: count/deployments.apps=1, used: count/deployments.apps=1, limited: count/deployments.apps=1"というエラーで失敗する
    かつ すべてのPodの準備が完了している
