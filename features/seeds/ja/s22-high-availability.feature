# language: ja
@S22
機能: S22. 一部を失っても動き続けるコントロールプレーン
  3台のコントロールプレーンノードのそれぞれで、etcdのメンバー、APIサーバー、コントローラーマネージャー、スケジューラーが動く。
  etcdは2個のメンバーがいなければ読み書きできない。APIサーバーは1つの名前の後ろに並び、1台を失ったクライアントはほかの1台に移る。
  コントローラーマネージャーとスケジューラーは1個だけがLeaseを持って働き、それが停止すると、次の1個は期限が切れるのを待つ。

  背景:
    前提 3台のコントロールプレーンノードと2台のワーカーノードを持つクラスター
    かつ "kubectl apply -f ../manifests/nginx-clusterip.yaml"を実行する
    かつ すべてのPodの準備が完了している
    かつ 2秒が経過する

  シナリオ: 3個のうち1個を失っても、すべてが続く
    もし 10分間etcdのリーダーが停止する
    かつ 3秒が経過する
    かつ "kubectl get pods -n kube-system -l component=etcd --no-headers | wc -l"を実行する
    ならば 出力は次のとおりである:
      """
      2
      """
    もし "kubectl scale deployment nginx-deployment --replicas=5"を実行する
    ならば 30秒以内に"app=nginx"に一致する準備が完了したPodがちょうど5個である
    かつ すべてのPodの準備が完了している

  シナリオ: コントロールプレーンのノードが1台、まるごと電源を失う
    もし 10分間ノード"control-plane-2"の電源が落ちる
    かつ 90秒が経過する
    ならば ノード"control-plane-2"の状態が不明である
    もし "app=nginx"に一致する1個のPodを削除する
    ならば 30秒以内に"app=nginx"に一致する準備が完了したPodがちょうど3個である
    かつ ある時点で"app=nginx"に一致する準備が完了したPodが2個以下である

  シナリオ: 2個を失うと、読み書きはできず、動いているものは応答し続け、何も失われない
    もし "kubectl scale deployment nginx-deployment --replicas=4"を実行する
    かつ 20秒が経過する
    かつ 3分間etcdのメンバーを2個失う
    かつ 2秒が経過する
    かつ "kubectl scale deployment nginx-deployment --replicas=5"を実行する
    ならば コマンドが"etcdserver"というエラーで失敗する
    もし "kubectl get pods"を実行する
    ならば コマンドが"etcdserver"というエラーで失敗する
    かつ 1分間ずっと"http://nginx-service/"へのリクエストに200が返る
    もし 3分が経過する
    かつ "kubectl get deployment nginx-deployment"を実行する
    ならば 出力に"4/4"が含まれる
    もし "kubectl scale deployment nginx-deployment --replicas=5"を実行する
    ならば 1分以内に"app=nginx"に一致する準備が完了したPodがちょうど5個である

  シナリオ: APIサーバーを1台失っても、クライアントはほかの1台に移る
    もし 5分間ノード"control-plane-1"のAPIサーバーが停止する
    かつ 2秒が経過する
    ならば Pod"kube-system/kube-apiserver-control-plane-1"がない
    もし "kubectl scale deployment nginx-deployment --replicas=5"を実行する
    ならば 1分以内に"app=nginx"に一致する準備が完了したPodがちょうど5個である
    かつ どの時点でもノード"node-1"の準備が完了している

  シナリオ: リーダーのコントローラーマネージャーが止まると、Leaseの期限が切れてから次の1個が引き継ぐ
    もし コントローラーマネージャーのリーダーが交代する
    かつ "app=nginx"に一致する1個のPodを削除する
    ならば 5秒以内に"app=nginx"に一致する実行中のPodがちょうど2個である
    かつ 5秒間ずっと"app=nginx"に一致する実行中のPodがちょうど2個である
    かつ 30秒以内に"app=nginx"に一致する準備が完了したPodがちょうど3個である
    かつ どの時点でもService"nginx-service"が利用可能である
