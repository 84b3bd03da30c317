# language: ja
@S4
機能: S4. Podはノードとともになくなり、DeploymentのPodは作り直される
  手で作ったPodを見守る者はいない。だから資料の言うとおり、レプリカが1個でもDeploymentを使うのがよい。

  背景:
    前提 1台のノードを持つクラスター
    かつ "kubectl apply -f ../manifests/my-first-pod.yaml -f ../manifests/sample-deployment.yaml"を実行する
    かつ すべてのPodの準備が完了している
    かつ 新しいノードが参加する

  シナリオ: ノードの電源が落ちたままになる
    もし ノード"node-1"の電源が落ちる
    ならば 7分以内に"app=web"に一致する応答中のPodがちょうど1個である
    かつ "component=nginx"に一致する応答中のPodが0個以下である
    もし 10分が経過する
    かつ "kubectl get pods -l component=nginx"を実行する
    ならば 出力は次のとおりである:
      """
      NAME           READY   STATUS        RESTARTS   AGE
      my-first-pod   1/1     Terminating   0          17m
      """
    かつ "component=nginx"に一致する応答中のPodが0個以下である

  シナリオ: ノードをクラスターから削除する
    もし ノード"node-1"の電源が落ちる
    かつ 1分が経過する
    ならば ノード"node-1"の状態が不明である
    もし "kubectl delete node node-1"を実行する
    ならば 2分以内にPod"my-first-pod"が存在しない
    かつ 2分以内に"app=web"に一致する応答中のPodがちょうど1個である
    かつ 10分間ずっとPod"my-first-pod"が存在しない

  シナリオ: 削除したPodは、削除されたままである
    もし "kubectl delete pod my-first-pod"を実行する
    ならば 10分間ずっとPod"my-first-pod"が存在しない
