# language: ja
機能: ノードの障害
  電源、kubelet、ネットワークのどれが失われるかで、何が動き続け、いつ気づかれるかが変わる。

  背景:
    前提 a cluster with 3 nodes
    かつ the manifest in "web.yaml"
    かつ every pod is ready

  シナリオ: 電源が落ちたノードは、猶予時間のあとに気づかれる
    もし 3分間、ノード"node-1"の電源が落ちる
    かつ 1 minute passes
    ならば node "node-1" is unknown
    かつ within 3 minutes node "node-1" is ready

  シナリオ: kubeletが停止しても、コンテナは動き続ける
    もし 2分間、ノード"node-1"のkubeletが停止する
    かつ 90 seconds pass
    ならば node "node-1" is unknown
    かつ exactly 3 pods matching "app=web" are serving

  シナリオ: どれか1台のノードが再起動する
    もし 1台のノードが30秒で再起動する
    ならば within 5 minutes exactly 3 pods matching "app=web" are ready
