# language: ja
@S1
機能: S1. コントロールプレーンはどこで動いているか
  APIサーバー、etcd、コントローラーマネージャー、スケジューラーもPodである。ただし誰かがAPIに頼んだものではなく、コントロールプレーンノードの
  kubeletがファイルから動かしている。kube-proxyとネットワークはどのノードにもあり、名前にはCoreDNSが答える。

  背景:
    前提 1台のコントロールプレーンノードと2台のワーカーノードを持つクラスター

  シナリオ: ノードの役割と、kube-systemのPod
    もし "kubectl get nodes"を実行する
    ならば 出力に"control-plane-1   Ready    control-plane"が含まれる
    かつ 出力に"node-1            Ready    <none>"が含まれる
    もし "kubectl get pods -n kube-system"を実行する
    ならば 出力に"etcd-control-plane-1 "が含まれる
    かつ 出力に"kube-apiserver-control-plane-1 "が含まれる
    かつ 出力に"kube-controller-manager-control-plane-1 "が含まれる
    かつ 出力に"kube-scheduler-control-plane-1 "が含まれる
    かつ 出力に"coredns-"が含まれる
    もし "kubectl get daemonsets -n kube-system"を実行する
    ならば 出力に"kube-proxy   3         3         3"が含まれる
    もし "kubectl get leases -n kube-system"を実行する
    ならば 出力に"kube-scheduler            control-plane-1_"が含まれる

  シナリオ: kubeletがファイルから動かすPodは、APIから削除しても終わらない
    もし "kubectl delete pod etcd-control-plane-1 -n kube-system"を実行する
    かつ 5秒が経過する
    かつ "kubectl get pods -n kube-system"を実行する
    ならば 出力に"etcd-control-plane-1                      1/1     Running   0"が含まれる
    かつ ある時点でPod"kube-system/etcd-control-plane-1"がない

  シナリオ: スケジューラーもPodである。なければ、ほかのPodは待つ
    もし 3分間ノード"control-plane-1"のスケジューラーが停止する
    かつ 20秒が経過する
    かつ "kubectl apply -f ../manifests/my-first-pod.yaml"を実行する
    ならば 2分間ずっとPod"my-first-pod"が保留中である
    かつ 3分以内にPod"my-first-pod"の準備が完了している
    かつ すべてのPodの準備が完了している

  シナリオ: ただ一つのAPIサーバー: 誰にも答えず、動いているものは動き続ける
    もし "kubectl apply -f ../manifests/nginx-clusterip.yaml"を実行する
    かつ すべてのPodの準備が完了している
    かつ 2秒が経過する
    かつ 3分間ノード"control-plane-1"のAPIサーバーが停止する
    かつ 30秒が経過する
    かつ "kubectl get pods"を実行する
    ならば コマンドが"refused"というエラーで失敗する
    かつ 2分間ずっと"http://nginx-service/"へのリクエストに200が返る

  シナリオ: 調子を尋ねると、コントロールプレーンは答える
    もし "kubectl get --raw /readyz?verbose"を実行する
    ならば 出力に"[+]etcd ok"が含まれる
    かつ 出力に"readyz check passed"が含まれる
    もし "kubectl get componentstatuses"を実行する
    ならば 出力に"Warning: v1 ComponentStatus is deprecated in v1.19+"が含まれる
    かつ 出力に"etcd-0               Healthy   ok"が含まれる
    もし "kubectl cluster-info"を実行する
    ならば 出力に"CoreDNS is running at"が含まれる
    もし 3分間ノード"control-plane-1"のスケジューラーが停止する
    かつ 20秒が経過する
    かつ "kubectl get cs scheduler"を実行する
    ならば 出力に"Unhealthy"が含まれる
