# language: ja
@S19
機能: S19. ノードの障害を、一行ずつ見る
  資料のwatchを、今の既定値で。ハートビートが50秒途絶えるまで(当時は40秒)、APIは止まったPodをRunningと答え続ける。さらに300秒の猶予の後、もう1台のノードで作り直される。

  背景:
    前提 1台のノードを持つクラスター
    かつ "kubectl apply -f ../manifests/sample-deployment.yaml"を実行する
    かつ すべてのPodの準備が完了している
    かつ 新しいノードが参加する

  シナリオ: Runningから、別のノードでのRunningまで
    もし ノード"node-1"の電源が落ちる
    ならば 40秒間ずっと"app=web"に一致する準備が完了したPodがちょうど1個である
    かつ "app=web"に一致する応答中のPodが0個以下である
    かつ 20秒以内に"app=web"に一致する準備が完了したPodが0個以下である
    かつ 290秒間ずっと"app=web"に一致する終了処理中のPodが0個以下である
    かつ 20秒以内に"app=web"に一致する終了処理中のPodがちょうど1個である
    かつ 20秒以内に"app=web"に一致する応答中のPodがちょうど1個である
    もし "kubectl get pods -o wide --watch"を実行する
    ならば 出力に"Terminating"が含まれる
    かつ 出力に"ContainerCreating"が含まれる
    かつ 出力に"node-2"が含まれる
    かつ Deployment"sample-deployment"のPodが2台のノード上にある
    かつ すべてのPodの準備が完了している

  シナリオ: ノードが戻ると、終了処理中だったPodがなくなる
    前提 10分間、ノード"node-1"の電源が落ちる
    もし 8分が経過する
    ならば "app=web"に一致する終了処理中のPodがちょうど1個である
    もし 3分が経過する
    ならば 1分以内に"app=web"に一致する終了処理中のPodが0個以下である
    かつ Deployment"sample-deployment"の1個中1個のレプリカが利用可能である
