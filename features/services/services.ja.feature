# language: ja
機能: ServiceはPodに一つの名前を与える
  Podは入れ替わり、アドレスも変わる。ServiceにはDNSの名前と、準備の完了したPodの一覧があり、各ノードのkube-proxyが
  リクエストをそのうちの1個に送る。

  シナリオ: 別のPodから名前で
    前提 3台のノードを持つクラスター
    かつ "clusterip.yaml"のマニフェスト
    かつ "bastion.yaml"のマニフェスト
    かつ すべてのPodの準備が完了している
    かつ 1秒が経過する
    ならば Service"nginx-service"が3個のPodに振り分ける
    かつ Pod"bastion"から"http://nginx-service/"へのリクエストに200が返る
    かつ Pod"bastion"から"http://nginx-service.default.svc.cluster.local/"へのリクエストに200が返る
    かつ Pod"bastion"から"http://no-such-service/"へのリクエストの名前解決に失敗する

  シナリオ: NodePortはどのノードでも応答する
    前提 3台のノードを持つクラスター
    かつ "nodeport.yaml"のマニフェスト
    かつ すべてのPodの準備が完了している
    かつ 1秒が経過する
    もし "kubectl get service nginx-nodeport-service"を実行する
    ならば 出力に"80:30080/TCP"が含まれる
    かつ "http://node-1:30080/"へのリクエストに200が返る
    かつ "http://node-2:30080/"へのリクエストに200が返る
    かつ "http://node-3:30080/"へのリクエストに200が返る

  シナリオ: 停止したノードのPodへのリクエストは、エンドポイントから外れるまでタイムアウトする
    前提 2台のノードを持つクラスター
    かつ "clusterip.yaml"のマニフェスト
    かつ "bastion.yaml"のマニフェスト
    かつ すべてのPodの準備が完了している
    かつ クライアントが"http://nginx-service/"に毎秒1件のリクエストを送る
    もし ノード"node-1"の電源が落ちる
    かつ 2分が経過する
    ならば ノード"node-1"の状態が不明である
    かつ リクエストの50%以上が成功している
    かつ この時点を"検知後"とする
    かつ 1分が経過する
    かつ "検知後"以降、どのリクエストも失敗していない
