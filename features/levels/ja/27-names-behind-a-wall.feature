# language: ja
@level @commands:1
機能: 壁の向こうの名前
  front-0から外への通信は、バックエンド宛て以外すべて拒否されています。バックエンドは名前で呼ばれ、そのアドレスを尋ねる先がありません（kubernetes/website#38267）。DNSのPodは名前空間kube-systemにあり、k8s-app=kube-dnsというラベルを持ちます。

  背景:
    前提 1台のコントロールプレーンノードと2台のワーカーノードを持つクラスター
    かつ 次のマニフェスト:
      """
      apiVersion: apps/v1
      kind: StatefulSet
      metadata:
        name: front
      spec:
        replicas: 1
        selector:
          matchLabels:
            app: front
        serviceName: front
        template:
          metadata:
            labels:
              app: front
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
      apiVersion: apps/v1
      kind: Deployment
      metadata:
        name: backend
      spec:
        replicas: 1
        selector:
          matchLabels:
            app: backend
        template:
          metadata:
            labels:
              app: backend
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
      apiVersion: v1
      kind: Service
      metadata:
        name: backend
      spec:
        selector:
          app: backend
        ports:
          - port: 80
      ---
      apiVersion: networking.k8s.io/v1
      kind: NetworkPolicy
      metadata:
        name: front
      spec:
        podSelector:
          matchLabels: {app: front}
        policyTypes: [Egress]
        egress:
          - to:
              - podSelector:
                  matchLabels: {app: backend}
      """
    かつ すべてのPodの準備が完了している

  @hint
  シナリオ: ポリシーはバックエンドだけを許している
    もし "kubectl describe networkpolicy front"を実行する
    ならば 出力に"app=backend"が含まれる

  @hint
  シナリオ: DNSのPodのある名前空間には、名前のラベルが付いている
    もし "kubectl get namespace kube-system --show-labels"を実行する
    ならば 出力に"kubernetes.io/metadata.name=kube-system"が含まれる

  @solution
  シナリオ: クラスターDNSへの問い合わせを許可する
    もし "kubectl patch networkpolicy front --type=json -p '[{\"op\":\"add\",\"path\":\"/spec/egress/-\",\"value\":{\"to\":[{\"namespaceSelector\":{\"matchLabels\":{\"kubernetes.io/metadata.name\":\"kube-system\"}}}],\"ports\":[{\"port\":53,\"protocol\":\"UDP\"},{\"port\":53,\"protocol\":\"TCP\"}]}}]'"を実行する
    ならば 1分以内にPod"front-0"から"http://backend/"へのリクエストに200が返る
    かつ NetworkPolicy"front"がある
