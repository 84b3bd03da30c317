# language: ja
機能: ノード上のコントロールプレーンの、部品ごとの障害
  どの部品も、コントロールプレーンノードごとに1個、合わせて3個ある。1個が停止すると、ほかが気づくまでの間だけ欠ける。接続は
  すぐに切れ、etcdは数秒でリーダーを選び、Leaseは15秒で期限が切れる。

  背景:
    前提 3台のコントロールプレーンノードと2台のワーカーノードを持つクラスター
    かつ "web.yaml"のマニフェスト
    かつ すべてのPodの準備が完了している

  シナリオ: APIサーバーが1個停止すると、クライアントは別の1個へ移る
    もし 5分間、ノード"control-plane-1"のAPIサーバーが停止する
    かつ 3秒が経過する
    ならば Pod"kube-system/kube-apiserver-control-plane-1"がない
    もし "kubectl scale deployment web --replicas=4"を実行する
    ならば 1分以内にDeployment"web"の4個中4個のレプリカが利用可能である
    かつ どの時点でもノード"node-1"の準備が完了している

  シナリオ: etcdのリーダーを続けて2個失うと、1個が戻るまで過半数がない
    もし 2分間、etcdのリーダーが停止する
    かつ 5秒が経過する
    かつ 1分間、etcdのリーダーが停止する
    かつ 5秒が経過する
    かつ "kubectl get pods"を実行する
    ならば コマンドが"etcdserver"というエラーで失敗する
    かつ "app=web"に一致する応答中のPodがちょうど3個である
    もし 2分が経過する
    かつ "kubectl get deployment web"を実行する
    ならば 出力に"3/3"が含まれる

  シナリオ: スケジューラーが3個とも停止すると、Podは配置されない
    もし 3分間、ノード"control-plane-1"のスケジューラーが停止する
    かつ 3分間、ノード"control-plane-2"のスケジューラーが停止する
    かつ 3分間、ノード"control-plane-3"のスケジューラーが停止する
    かつ 30秒が経過する
    かつ "kubectl scale deployment web --replicas=4"を実行する
    ならば 5秒以内に"app=web"に一致する保留中のPodがちょうど1個である
    かつ 2分間ずっと"app=web"に一致する保留中のPodがちょうど1個である
    かつ 3分以内にDeployment"web"の4個中4個のレプリカが利用可能である
    かつ すべてのPodの準備が完了している

  シナリオ: 3個のうち2個のコントローラーマネージャーを失っても、長くは欠けない
    もし 5分間、ノード"control-plane-1"のコントローラーマネージャーが停止する
    かつ 5分間、ノード"control-plane-2"のコントローラーマネージャーが停止する
    かつ "app=web"に一致する1個のPodを削除する
    ならば 40秒以内にDeployment"web"の3個中3個のレプリカが利用可能である
    かつ ある時点でDeployment"web"の3個中2個のレプリカが利用可能である
    もし "kubectl get lease kube-controller-manager -n kube-system"を実行する
    ならば 出力に"kube-controller-manager   control-plane-3_"が含まれる
