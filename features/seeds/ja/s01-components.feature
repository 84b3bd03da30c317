# language: ja
@S1
機能: S1. クラスターは何からできていて、それぞれは何のためにあるか
  コントロールプレーンにはAPIサーバー、etcd、コントローラーマネージャー、スケジューラーがあり、各ノードにはkubelet、kube-proxy、
  コンテナランタイムがある。どれも一つのプロセスである。何のためにあるかは、それが止まったときに、何が止まり何が続くかでわかる。

  背景:
    前提 2台のノードを持つクラスター
    かつ "kubectl apply -f ../manifests/nginx-clusterip.yaml -f ../manifests/bastion.yaml"を実行する
    かつ すべてのPodの準備が完了している
    かつ 2秒が経過する

  シナリオ: APIサーバー: コマンドは通らず、Podは応答し続ける
    もし 3分間APIサーバーが停止する
    かつ "kubectl get pods"を実行する
    ならば コマンドが"refused"というエラーで失敗する
    かつ 2分間ずっと"http://nginx-service/"へのリクエストに200が返る
    もし 1分が経過する
    かつ "kubectl get pods"を実行する
    ならば 出力に"nginx-deployment-"が含まれる

  シナリオ: 過半数を失ったetcd: 何も書き込めず、Podは応答し続ける
    もし 2分間etcdがクォーラムを失う
    かつ "kubectl scale deployment nginx-deployment --replicas=5"を実行する
    ならば コマンドが"etcdserver"というエラーで失敗する
    かつ 1分間ずっと"http://nginx-service/"へのリクエストに200が返る

  シナリオ: スケジューラー: 新しいPodにはノードがない
    もし 3分間スケジューラーが停止する
    かつ "kubectl scale deployment nginx-deployment --replicas=5"を実行する
    ならば 10秒以内に"app=nginx"に一致する保留中のPodがちょうど2個である
    かつ 2分間ずっと"app=nginx"に一致する保留中のPodがちょうど2個である
    かつ 3分以内に"app=nginx"に一致する準備が完了したPodがちょうど5個である

  シナリオ: コントローラーマネージャー: 失われたPodの代わりを誰も作らない
    もし 3分間コントローラーマネージャーが停止する
    かつ "app=nginx"に一致する1個のPodを削除する
    ならば 40秒以内に"app=nginx"に一致する実行中のPodがちょうど2個である
    かつ 2分間ずっと"app=nginx"に一致する実行中のPodがちょうど2個である
    かつ 3分以内に"app=nginx"に一致する準備が完了したPodがちょうど3個である

  シナリオ: kubelet: 動いているものは動き続けるが、誰も世話をしない
    もし ノード"node-1"のkubeletが停止する
    かつ ノード"node-2"のkubeletが停止する
    ならば 30秒間ずっと"http://nginx-service/"へのリクエストに200が返る
    かつ 1分以内にノード"node-1"の状態が不明である
    かつ ノード"node-2"の状態が不明である
    もし "app=nginx"に一致するすべてのPodのコンテナがkillされる
    ならば 5分間ずっと"http://nginx-service/"へのリクエストが拒否される
    かつ "app=nginx"に一致する実行中のPodが3個以上である

  シナリオ: kube-proxy: 経路は元のまま変わらない
    もし 10分間、すべてのノードのkube-proxyが停止する
    かつ "kubectl delete deployment nginx-deployment"を実行する
    かつ "kubectl apply -f ../manifests/deployment-sample.yaml"を実行する
    かつ 1分が経過する
    ならば Service"nginx-service"が3個のPodに振り分ける
    かつ Pod"bastion"から"http://nginx-service/"へのリクエストがタイムアウトする
    もし 10分が経過する
    ならば Pod"bastion"から"http://nginx-service/"へのリクエストに200が返る

  シナリオ: コンテナランタイム: 新しいコンテナは始まらない
    もし 4分間ノード"node-1"のコンテナランタイムが停止する
    かつ 4分間ノード"node-2"のコンテナランタイムが停止する
    かつ "kubectl apply -f ../manifests/my-first-pod.yaml"を実行する
    ならば 3分間ずっとPod"my-first-pod"の準備が完了していない
    かつ 3分以内にPod"my-first-pod"の準備が完了している
