# language: ja
@level @commands:1
機能: どうしても別々に
  2つのPodは同じノードに置けません。ノードは2台あるのに、Podの1つが待ったままです。

  背景:
    前提 2台のノードを持つクラスター
    かつ ノード"node-2"をcordonする
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
            affinity:
              podAntiAffinity:
                requiredDuringSchedulingIgnoredDuringExecution:
                  - labelSelector:
                      matchLabels: {app: web}
                    topologyKey: kubernetes.io/hostname
            containers:
              - name: nginx
                image: nginx:1.12
                ports:
                  - containerPort: 80
      """
    かつ 10秒が経過する

  @hint
  シナリオ: 待っている理由はイベントに書いてある
    もし "kubectl describe pods --show-events"を実行する
    ならば 出力に"anti-affinity"が含まれる

  @hint
  シナリオ: cordonされたノードは新しいPodを受け入れない
    もし "kubectl get nodes"を実行する
    ならば 出力に"SchedulingDisabled"が含まれる

  @solution
  シナリオ: 2台目のノードにまた受け入れてもらう
    もし "kubectl uncordon node-2"を実行する
    ならば 2分以内にDeployment"web"の2個中2個のレプリカが利用可能である
    かつ "app=web"に一致するどの2個のPodも同じノードにない
