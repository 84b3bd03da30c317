# language: ja
機能: 変更を受け取れないIngressコントローラー
  nginxは、手元のルールと、そのときのエンドポイントに従う。

  シナリオ: 再読み込みに失敗する間、新しいホストは知られず、成功すれば知られる
    前提 1台のノードとIngressコントローラーを持つクラスター
    かつ 次のマニフェスト:
      """
      apiVersion: v1
      kind: Pod
      metadata: {name: web, labels: {app: web}}
      spec: {containers: [{name: web, image: "nginx:1.27", ports: [{containerPort: 80}]}]}
      ---
      apiVersion: v1
      kind: Service
      metadata: {name: web}
      spec: {selector: {app: web}, ports: [{port: 80}]}
      """
    かつ すべてのPodの準備が完了している
    もし 1分間、Ingressの設定の再読み込みが失敗する
    かつ "kubectl create ingress web --rule=web.example.com/*=web:80"を実行する
    かつ 30秒が経過する
    ならば ヘッダー"Host: web.example.com"を付けた"http://172.18.255.200/"へのリクエストに404が返る
    かつ 1分以内にヘッダー"Host: web.example.com"を付けた"http://172.18.255.200/"へのリクエストに200が返る
