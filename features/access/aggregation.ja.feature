# language: ja
機能: 別のサーバーが受け持つAPI
  APIServiceは、APIのグループの1つをServiceへ回す。そこで誰も応答しないあいだ、そのグループに何があるかは
  分からず、どの名前空間も削除できない。

  背景:
    前提 1台のノードを持つクラスター
    かつ 次のマニフェスト:
      """
      apiVersion: apiregistration.k8s.io/v1
      kind: APIService
      metadata:
        name: v1.shop.example.com
      spec:
        group: shop.example.com
        version: v1
        groupPriorityMinimum: 1000
        versionPriority: 15
        insecureSkipTLSVerify: true
        service:
          namespace: default
          name: shop
      """

  シナリオ: 受け持つサーバーが現れるまで、名前空間は残る
    もし 5秒が経過する
    かつ "kubectl get apiservice v1.shop.example.com"を実行する
    ならば 出力に"False (ServiceNotFound)"が含まれる
    もし "kubectl get --raw /apis/shop.example.com/v1"を実行する
    ならば コマンドが"the server is currently unable to handle the request"というエラーで失敗する
    もし "kubectl create namespace team"を実行する
    かつ "kubectl delete namespace team --wait=false"を実行する
    かつ 30秒が経過する
    かつ "kubectl get namespace team -o jsonpath={.status.conditions[0].message}"を実行する
    ならば 出力に"Discovery failed for some groups, 1 failing"が含まれる
    もし 次のマニフェスト:
      """
      apiVersion: v1
      kind: Service
      metadata:
        name: shop
      spec:
        selector:
          app: shop
        ports:
          - port: 443
      ---
      apiVersion: v1
      kind: Pod
      metadata:
        name: shop
        labels:
          app: shop
      spec:
        containers:
          - name: shop
            image: example.com/shop:1
            ports:
              - containerPort: 443
      """
    かつ すべてのPodの準備が完了している
    ならば 20分以内に 名前空間"team"がない
