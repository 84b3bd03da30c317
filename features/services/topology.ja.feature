# language: ja
機能: リクエストは自分のゾーンにとどまる
  topology-modeがAutoなら、各ゾーンにはそのノードのCPUが全体に占める割合でエンドポイントが割り当てられる。
  trafficDistributionでは、各エンドポイントは自分のゾーンか自分のノードに割り当てられる。

  背景:
    前提 次のノードを持つクラスター:
      | name | zone | cpu |
      | a-1  | a    | 2   |
      | b-1  | b    | 2   |
    かつ "kubectl apply -f zones.yaml"を実行する
    かつ すべてのPodの準備が完了している
    かつ 5秒が経過する

  シナリオ: 各ゾーンはCPUの割合でエンドポイントを割り当てられ、自分のものが先に選ばれる
    ならば Service"auto"にイベント"TopologyAwareHintsEnabled"が記録されている
    もし "kubectl get endpointslices -l kubernetes.io/service-name=auto -o jsonpath={.items[0].endpoints[*].hints.forZones[*].name} | wc -w"を実行する
    ならば 出力は次のとおりである:
      """
      4
      """
    かつ 30秒間ずっとPod"client"から"http://auto/"へのリクエストに"zone=a"に一致するPodから200が返る

  シナリオ: エンドポイントのなくなったゾーンは、ほかのゾーンのものを割り当てられる
    もし "kubectl delete pod in-a-1 in-a-2"を実行する
    かつ 10秒が経過する
    ならば Pod"client"から"http://auto/"へのリクエストに"zone=b"に一致するPodから200が返る
    もし "kubectl get endpointslices -l kubernetes.io/service-name=auto -o jsonpath={.items[0].endpoints[*].hints.forZones[*].name} | wc -w"を実行する
    ならば 出力は次のとおりである:
      """
      2
      """

  シナリオ: エンドポイントが足りなければヒントは付かず、イベントがそれを知らせる
    もし "kubectl delete pod in-a-1 in-a-2 in-b-1"を実行する
    かつ 10秒が経過する
    かつ "kubectl get endpointslices -l kubernetes.io/service-name=auto -o jsonpath=[{.items[0].endpoints[*].hints}]"を実行する
    ならば 出力は次のとおりである:
      """
      []
      """
    かつ Service"auto"に"Insufficient number of endpoints (1 endpoints, 2 zones)"を含むイベント"TopologyAwareHintsDisabled"が記録されている

  シナリオ: trafficDistributionで求めれば、それぞれ自分のゾーンに届く
    ならば 30秒間ずっとPod"client"から"http://near/"へのリクエストに"zone=a"に一致するPodから200が返る
    もし "kubectl delete pod in-a-1 in-a-2"を実行する
    かつ 10秒が経過する
    ならば Pod"client"から"http://near/"へのリクエストに"zone=b"に一致するPodから200が返る
