# language: ja
@S5
機能: S5. ReplicaSetはPodを決まった数に保つ
  資料の順に、Podを1個作り、それもセレクターに含むReplicaSetを作り、Podを削除し、applyで増やし、最後にすべて削除する。

  背景:
    前提 2台のノードを持つクラスター
    かつ "kubectl apply -f ../manifests/bastion.yaml -f ../manifests/my-first-pod.yaml"を実行する
    かつ すべてのPodの準備が完了している

  シナリオ: 先にあったPodも数に入れる
    もし "kubectl apply -f ../manifests/nginx-replicaset-3.yaml"を実行する
    ならば 出力は次のとおりである:
      """
      replicaset.apps/nginx-replicaset created
      """
    もし 13秒が経過する
    かつ "kubectl get replicaset"を実行する
    ならば 出力は次のとおりである:
      """
      NAME               DESIRED   CURRENT   READY   AGE
      nginx-replicaset   3         3         3       13s
      """
    かつ "component=nginx"に一致する準備が完了したPodがちょうど3個である
    かつ Pod"my-first-pod"のフィールド".metadata.ownerReferences[0].name"が"nginx-replicaset"である

  シナリオ: 削除したPodは補われる
    前提 "kubectl apply -f ../manifests/nginx-replicaset-3.yaml"を実行する
    かつ すべてのPodの準備が完了している
    もし "kubectl delete pod my-first-pod"を実行する
    ならば 出力に次が含まれる:
      """
      pod "my-first-pod" deleted
      """
    かつ 10秒以内に"component=nginx"に一致する準備が完了したPodがちょうど3個である
    かつ Pod"my-first-pod"が存在しない

  シナリオ: applyで4個にする
    前提 "kubectl apply -f ../manifests/nginx-replicaset-3.yaml"を実行する
    かつ すべてのPodの準備が完了している
    もし "kubectl apply -f ../manifests/nginx-replicaset-4.yaml"を実行する
    ならば 出力は次のとおりである:
      """
      replicaset.apps/nginx-replicaset configured
      """
    かつ 10秒以内にReplicaSet"nginx-replicaset"の4個中4個のレプリカの準備が完了している

  シナリオ: 削除すると、Podもなくなる
    前提 "kubectl apply -f ../manifests/nginx-replicaset-4.yaml"を実行する
    かつ クライアントが"http://my-first-service/"に毎秒20件のリクエストを送る
    かつ "kubectl apply -f ../manifests/nginx-service.yaml"を実行する
    かつ すべてのPodの準備が完了している
    かつ 5秒以内に"http://my-first-service/"へのリクエストに200が返る
    もし "kubectl delete replicaset nginx-replicaset"を実行する
    ならば 出力に次が含まれる:
      """
      replicaset.apps "nginx-replicaset" deleted
      """
    かつ 1秒以内に"component=nginx"に一致する終了処理中のPodがちょうど4個である
    かつ 40秒以内に"component=nginx"に一致する実行中のPodが0個以下である
    かつ Pod"bastion"の準備が完了している
    かつ すべてのPodの準備が完了している
