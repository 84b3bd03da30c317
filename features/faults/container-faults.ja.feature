# language: ja
機能: コンテナの障害とその回復
  プロセスの状態が悪いだけなら再起動で直る。プログラムそのものの欠陥は、再起動では直らない。

  背景:
    前提a cluster with 1 node
    かつthe manifest in "server.yaml"
    かつevery pod is ready

  シナリオ: 応答しなくなったコンテナは、Livenessプローブによって再起動される
    もしPod"server"のコンテナ"nginx"が応答しなくなる
    ならばwithin 15 seconds container "nginx" of pod "server" has restarted once
    かつwithin 10 seconds a request to "http://server/" answers 200

  シナリオ: クラッシュを繰り返すコンテナは、待ち時間が長くなっていく
    もし3分間、Pod"server"のコンテナ"nginx"がクラッシュを繰り返す
    ならばwithin 30 seconds container "nginx" of pod "server" is waiting with reason "CrashLoopBackOff"
    かつeventually pod "server" is ready

  シナリオ: メモリリークは上限に達したところで止められる
    もし2分間、Pod"server"のコンテナ"nginx"が毎秒"1Mi"のメモリリークを起こす
    ならばwithin 1 minute container "nginx" of pod "server" has restarted once
    かつcontainer "nginx" of pod "server" was last terminated with reason "OOMKilled"
    かつeventually pod "server" is ready

  シナリオ: 存在しないイメージを展開しても、動いているPodは残る
    前提the manifest in "web.yaml"
    かつevery pod is ready
    もし10分間、Deployment"web"に存在しないイメージを展開する
    かつ5 minutes pass
    ならばdeployment "web" has 1 of 3 replicas updated
    かつat every moment at least 3 pods matching "app=web" were available
    かつeventually deployment "web" has 3 of 3 replicas updated
