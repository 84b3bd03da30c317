# language: ja
機能: 応答しない集約APIのサーバー
  わずかなクライアントのために一つのAPIグループを受け持つサーバーが停止すると、その間はクラスターのどの名前空間も
  削除できない。

  背景:
    前提 1台のノードを持つクラスター
    かつ "metrics-adapter.yaml"のマニフェスト
    かつ すべてのPodの準備が完了している
    かつ 10秒が経過する

  シナリオ: 停止の間は名前空間を削除できず、復旧するとすべて削除される
    もし "kubectl get apiservice v1beta1.custom.metrics.k8s.io"を実行する
    ならば 出力に"monitoring/adapter   True"が含まれる
    もし 10分間APIService"v1beta1.custom.metrics.k8s.io"が利用できなくなる
    かつ 1分が経過する
    かつ "kubectl get apiservice v1beta1.custom.metrics.k8s.io"を実行する
    ならば 出力に"False (FailedDiscoveryCheck)"が含まれる
    もし "kubectl get --raw /apis/custom.metrics.k8s.io/v1beta1"を実行する
    ならば コマンドが"the server is currently unable to handle the request"というエラーで失敗する
    もし "kubectl create namespace team"を実行する
    かつ "kubectl delete namespace team --wait=false"を実行する
    かつ 5分が経過する
    かつ "kubectl get namespace team -o jsonpath={.status.conditions[0].message}"を実行する
    ならば 出力に"Discovery failed for some groups, 1 failing"が含まれる
    かつ 30分以内に名前空間"team"がない

  シナリオ: metrics-serverも集約APIのサーバーで、停止すると同じことが起きる
    前提 1分が経過する
    もし "kubectl api-resources --api-group=metrics.k8s.io"を実行する
    ならば 出力に次が含まれる:
      """
      pods                 metrics.k8s.io/v1beta1   true         PodMetrics
      """
    もし "kubectl get podmetrics -n monitoring"を実行する
    ならば 出力に"WINDOW"が含まれる
    かつ 出力に"adapter"が含まれる
    もし "kubectl get apiservice v1beta1.metrics.k8s.io"を実行する
    ならば 出力に"kube-system/metrics-server   True"が含まれる
    もし 10分間、metrics-serverが停止する
    かつ 1秒が経過する
    かつ "kubectl get apiservice v1beta1.metrics.k8s.io"を実行する
    ならば 出力に"False (MissingEndpoints)"が含まれる
    もし "kubectl get podmetrics"を実行する
    ならば コマンドが"the server doesn't have a resource type"というエラーで失敗する
    もし "kubectl create namespace team"を実行する
    かつ "kubectl delete namespace team --wait=false"を実行する
    かつ 5分が経過する
    かつ "kubectl get namespace team -o jsonpath={.status.conditions[0].message}"を実行する
    ならば 出力に"metrics.k8s.io/v1beta1: stale GroupVersion discovery"が含まれる
    かつ 30分以内に名前空間"team"がない
