# language: ja
機能: Podのセキュリティ
  名前空間のラベルが、そのPodに許されないことを述べる。enforceは拒否し、warnはPodやワークロードを作る者に警告する。
  ワークロードは作られるが、そのPodは作られない。

  背景:
    前提 1台のノードを持つクラスター
    かつ 次のマニフェスト:
      """
      apiVersion: v1
      kind: Namespace
      metadata:
        name: shop
        labels:
          pod-security.kubernetes.io/enforce: baseline
          pod-security.kubernetes.io/warn: restricted
      """
    かつ 名前空間"shop"

  シナリオ: 許されないPod
    もし 次を実行する:
      """
      kubectl run spy --image=nginx:1.27 --overrides='{"spec":{"hostPID":true}}'
      """
    ならば コマンドが"pods \"spy\" is forbidden: violates PodSecurity \"baseline:latest\": host namespaces (hostPID=true)"というエラーで失敗する

  シナリオ: 許されるが警告されるPod
    もし "kubectl run web --image=nginx:1.27"を実行する
    ならば 出力に次が含まれる:
      """
      Warning: would violate PodSecurity "restricted:latest": allowPrivilegeEscalation != false (container "web" must set securityContext.allowPrivilegeEscalation=false), unrestricted capabilities (container "web" must set securityContext.capabilities.drop=["ALL"]), runAsNonRoot != true (pod or container "web" must set securityContext.runAsNonRoot=true), seccompProfile (pod or container "web" must set securityContext.seccompProfile.type to "RuntimeDefault" or "Localhost")
      """
    かつ 出力に"pod/web created"が含まれる
    かつ すべてのPodの準備が完了している

  シナリオ: Deploymentは作られるが、そのPodは作られない
    もし 次のマニフェスト:
      """
      apiVersion: apps/v1
      kind: Deployment
      metadata:
        name: agent
      spec:
        selector:
          matchLabels:
            app: agent
        template:
          metadata:
            labels:
              app: agent
          spec:
            hostNetwork: true
            containers:
              - name: agent
                image: nginx:1.27
      """
    かつ 1分が経過する
    ならば Deployment"agent"の1個中0個のレプリカが利用可能である
    もし "kubectl get events"を実行する
    ならば 出力に"violates PodSecurity"が含まれる

  シナリオ: いまあるPodが守っていないことを求める名前空間
    前提 次のマニフェスト:
      """
      apiVersion: v1
      kind: Pod
      metadata:
        name: web
      spec:
        containers:
          - name: web
            image: nginx:1.27
      """
    もし "kubectl label namespace shop pod-security.kubernetes.io/enforce=restricted --overwrite"を実行する
    ならば 出力に次が含まれる:
      """
      Warning: existing pods in namespace "shop" violate the new PodSecurity enforce level "restricted:latest"
      Warning: web: allowPrivilegeEscalation != false, unrestricted capabilities, runAsNonRoot != true, seccompProfile
      """
    かつ 出力に"namespace/shop labeled"が含まれる
