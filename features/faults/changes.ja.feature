# language: ja
機能: 運用者の手も障害の原因になる
  一時的に変えたものは元に戻る。ただし、その間に誰かが変えたものは戻さない。

  背景:
    前提 3台のノードを持つクラスター
    かつ "web.yaml"のマニフェスト
    かつ "budget.yaml"のマニフェスト
    かつ すべてのPodの準備が完了している

  シナリオ: 誤って減らされたレプリカは、元に戻る
    もし Deployment"web"を1分だけ1個にスケールする
    かつ 30秒が経過する
    ならば Deployment"web"の1個中1個のレプリカが利用可能である
    かつ 1分以内にDeployment"web"の3個中3個のレプリカが利用可能である

  シナリオ: その間に誰かが変えたレプリカ数は、戻さない
    もし Deployment"web"を1分だけ1個にスケールする
    かつ 10秒が経過する
    ならば "app=web"に一致する実行中のPodがちょうど1個である
    もし Deployment"web"を4個にスケールする
    かつ 2分が経過する
    ならば Deployment"web"の4個中4個のレプリカが利用可能である

  シナリオ: イメージを展開し、元に戻す
    もし 2分間、Deployment"web"にイメージ"nginx:1.28"を展開する
    かつ 1分が経過する
    ならば Deployment"web"の3個中3個のレプリカが更新されている
    もし "kubectl get deployment web -o wide"を実行する
    ならば 出力に"nginx:1.28"が含まれる
    もし 2分が経過する
    かつ "kubectl get deployment web -o wide"を実行する
    ならば 出力に"nginx:1.27"が含まれる
    かつ どの時点でもService"web"が利用可能である

  シナリオ: 前のリビジョンに戻すことも、ロールアウトである
    前提 Deployment"web"のイメージを"nginx:1.28"に変更する
    かつ 1分が経過する
    もし Deployment"web"を前のリビジョンに戻す
    かつ 1分が経過する
    かつ "kubectl get deployment web -o wide"を実行する
    ならば 出力に"nginx:1.27"が含まれる
    かつ どの時点でも"app=web"に一致する利用可能なPodが3個以上である

  シナリオ: ラベルで切り離されたPodは補われ、戻ってくると1個余る
    もし 1分間、"app=web"に一致する1個のPodをラベルで切り離す
    ならば 30秒以内に"app=web"に一致する準備が完了したPodがちょうど3個である
    かつ "app=quarantined"に一致する実行中のPodがちょうど1個である
    もし 2分が経過する
    ならば "app=web"に一致する実行中のPodがちょうど3個である
    かつ "app=quarantined"に一致する実行中のPodがちょうど0個である

  シナリオ: しばらくの間だけ参加するノード
    もし 5分間、新しいノードが参加する
    ならば 2分以内にノード"node-4"の準備が完了している
    もし 5分が経過する
    ならば ノード"node-4"がない

  シナリオ: クォータを下げられると、代わりのPodは拒否される
    前提 次のマニフェスト:
      """
      apiVersion: v1
      kind: ResourceQuota
      metadata: {name: pods}
      spec: {hard: {pods: "10"}}
      """
    かつ 5秒が経過する
    もし 2分間、ResourceQuota"pods"の"pods"を"2"に下げる
    かつ 1秒が経過する
    かつ "app=web"に一致する1個のPodを削除する
    かつ 1分が経過する
    ならば "app=web"に一致する実行中のPodがちょうど2個である
    かつ 20分以内にDeployment"web"の3個中3個のレプリカが利用可能である
    かつ ResourceQuota"pods"のフィールド".spec.hard.pods"が"10"である

  シナリオ: すべてのPodを求めるPodDisruptionBudgetは、退避を許さない
    もし 1分間、PodDisruptionBudget"web"を"100%"に変える
    かつ 1秒が経過する
    ならば PodDisruptionBudget"web"が中断を0個まで許可する
    もし "kubectl drain node-1 --timeout=10s"を実行する
    ならば コマンドが"Cannot evict pod as it would violate the pod's disruption budget"というエラーで失敗する
    かつ "app=web"に一致する準備が完了したPodがちょうど3個である
    もし 1分が経過する
    ならば PodDisruptionBudget"web"が中断を1個まで許可する
