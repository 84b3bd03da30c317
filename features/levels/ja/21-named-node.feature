# language: ja
@level @commands:1
機能: 終わりのない退避
  Podが退避され、同じノードに作り直され、また退避されます。テンプレートが、taintのあるノードをスケジューラーを通さずに名指ししているからです（rancher/rancher#22912）。taintには理由があります。

  背景:
    前提 2台のノードを持つクラスター
    かつ "kubectl taint nodes node-1 maintenance=yes:NoExecute"を実行する
    かつ 次のマニフェスト:
      """
      apiVersion: apps/v1
      kind: Deployment
      metadata:
        name: web
      spec:
        replicas: 1
        selector:
          matchLabels:
            app: web
        template:
          metadata:
            labels:
              app: web
          spec:
            nodeName: node-1
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
      """
    かつ 10秒が経過する

  @hint
  シナリオ: ノードにtaintがある
    もし "kubectl describe node node-1"を実行する
    ならば 出力に"maintenance=yes:NoExecute"が含まれる

  @hint
  シナリオ: テンプレートがノードを名指ししている
    もし "kubectl get deployment web -o yaml"を実行する
    ならば 出力に"nodeName: node-1"が含まれる

  @solution
  シナリオ: スケジューラーに選ばせる
    もし "kubectl patch deployment web -p '{\"spec\":{\"template\":{\"spec\":{\"nodeName\":null}}}}'"を実行する
    ならば 2分以内にDeployment"web"の1個中1個のレプリカが利用可能である
    かつ ノード"node-1"のフィールド".spec.taints[0].key"が"maintenance"である
