# language: ja
機能: 失われるアカウントと権限
  クラスターの部品も、ほかの誰もと同じく、結び付けられた権限で動く。

  シナリオ: バインディングがなければ、スケジューラーはどのPodも配置しない
    前提 1台のノードを持つクラスター
    もし 1分間、バインディング"system:kube-scheduler"が失われる
    かつ "kubectl run web --image=nginx"を実行する
    かつ 30秒が経過する
    ならば Pod"web"が保留中である
    かつ 5分以内にPod"web"の準備が完了している

  シナリオ: バインディングがなければ、コントローラーは何も作らない
    前提 1台のノードを持つクラスター
    もし 1分間、バインディング"system:controller:replicaset-controller"が失われる
    かつ "kubectl create deployment web --image=nginx"を実行する
    かつ 30秒が経過する
    ならば "app=web"に一致する実行中のPodがちょうど0個である
    かつ 5分以内に"app=web"に一致するPodのうち少なくとも1個の準備が完了している

  シナリオ: 作り直されたサービスアカウントに、前のトークンは通用しない
    前提 1台のノードを持つクラスター
    かつ "kubectl create serviceaccount robot"を実行する
    かつ "kubectl apply -f token.yaml"を実行する
    かつ 5秒が経過する
    もし "kubectl get secrets"を実行する
    ならば 出力に"kubernetes.io/service-account-token"が含まれる
    もし 10秒間、サービスアカウント"robot"が失われる
    かつ 20秒が経過する
    かつ "kubectl get secrets"を実行する
    ならば 出力に"No resources found in default namespace."が含まれる
