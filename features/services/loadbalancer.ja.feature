# language: ja
機能: ノードの前のロードバランサー
  type: LoadBalancerのServiceは、誰かがアドレスを与えるまで待つ。クラウドがなければ、アドレスのプールを持つロード
  バランサーが与える。ノードに振り分け、ノードがなくなったことには遅れて気づく。

  シナリオ: クラスターの中のプールからのアドレス
    前提 "172.18.255.200-172.18.255.201"のアドレスを割り当てるロードバランサー
    かつ 3台のノードを持つクラスター
    かつ "balanced.yaml"のマニフェスト
    かつ すべてのPodの準備が完了している
    かつ 1秒が経過する
    もし "kubectl get service shop"を実行する
    ならば 出力に"172.18.255.200"が含まれる
    かつ "http://172.18.255.200/"へのリクエストに200が返る
    かつ Service"shop"にイベント"IPAllocated"が記録されている

  シナリオ: ロードバランサーがなければアドレスは与えられず、NodePortが応答する
    前提 1台のノードを持つクラスター
    かつ "balanced.yaml"のマニフェスト
    かつ すべてのPodの準備が完了している
    もし "kubectl get service shop"を実行する
    ならば 出力に"<pending>"が含まれる
    かつ "http://172.18.255.200/"へのリクエストがタイムアウトする

  シナリオ: プールは、どれかのServiceがアドレスを返すまで空のままである
    前提 "192.0.2.1"のアドレスを割り当てるロードバランサー
    かつ 1台のノードを持つクラスター
    かつ "balanced.yaml"のマニフェスト
    かつ すべてのPodの準備が完了している
    もし "kubectl expose deployment shop --name=second --type=LoadBalancer --port=80"を実行する
    ならば 10秒以内にService"second"に"no available IPs"を含むイベント"AllocationFailed"が記録されている
    もし "kubectl delete service shop"を実行する
    ならば 10秒以内にService"second"のフィールド"status.loadBalancer.ingress[0].ip"が"192.0.2.1"である

  シナリオ: 電源の落ちたノードに振り分けている間、リクエストは失敗する
    前提 "192.0.2.0/28"のアドレスを割り当てるロードバランサー
    かつ 3台のノードを持つクラスター
    かつ "balanced.yaml"のマニフェスト
    かつ すべてのPodの準備が完了している
    かつ クライアントが"http://192.0.2.0/"に毎秒10件のリクエストを送る
    かつ 10秒が経過する
    もし ノード"node-3"の電源が落ちる
    かつ 6秒が経過する
    ならば 失敗したリクエストは40件以下である
    かつ ノード"node-3"の準備が完了している
    もし 1分が経過する
    ならば ノード"node-3"の状態が不明である

  シナリオ: externalTrafficPolicyがLocalなら、準備の完了したPodのあるノードだけに振り分ける
    前提 "192.0.2.0/28"のアドレスを割り当てるロードバランサー
    かつ 3台のノードを持つクラスター
    かつ "balanced.yaml"のマニフェスト
    かつ すべてのPodの準備が完了している
    もし Deployment"shop"を1個にスケールする
    かつ 次を実行する:
      """
      kubectl patch service shop -p '{"spec": {"externalTrafficPolicy": "Local", "healthCheckNodePort": 30999}}'
      """
    かつ 1分が経過する
    ならば 10秒間ずっと"http://192.0.2.0/"へのリクエストに200が返る

  シナリオ: loadBalancerSourceRangesは、ほかの誰も通さない
    前提 "192.0.2.0/28"のアドレスを割り当てるロードバランサー
    かつ 1台のノードを持つクラスター
    かつ "balanced.yaml"のマニフェスト
    かつ すべてのPodの準備が完了している
    かつ 1秒が経過する
    かつ "http://192.0.2.0/"へのリクエストに200が返る
    もし 次を実行する:
      """
      kubectl patch service shop -p '{"spec": {"loadBalancerSourceRanges": ["198.51.100.0/24"]}}'
      """
    かつ 1秒が経過する
    ならば "http://192.0.2.0/"へのリクエストがタイムアウトする
