# language: ja
@S6
機能: S6. Deploymentは版を進め、版を戻す
  Podのテンプレートの版ごとにReplicaSetが一つある。ロールアウトは新しいほうを増やして古いほうを減らし、古いものも0個のまま残すので、そこへ戻れる。

  背景:
    前提 3台のノードを持つクラスター
    かつ "kubectl apply -f ../manifests/nginx-deployment-1.15.yaml"を実行する
    かつ すべてのPodの準備が完了している

  シナリオ: 新しいイメージは1つのコマンドで、Podは1個も欠けない
    もし "kubectl set image deployment/nginx-deployment nginx=nginx:1.16"を実行する
    ならば Deployment"nginx-deployment"のロールアウトが進行中である
    かつ 2分以内にDeployment"nginx-deployment"のロールアウトが完了している
    かつ どの時点でも"component=nginx"に一致するPodのうち少なくとも3個が利用可能である
    かつ すべてのPodの準備が完了している

  シナリオ: ローリングアップデートを、イメージの列で見る
    もし "kubectl apply -f ../manifests/nginx-deployment-1.16.yaml"を実行する
    ならば 出力は次のとおりである:
      """
      deployment.apps/nginx-deployment configured
      """
    かつ 2分以内にDeployment"nginx-deployment"のロールアウトが完了している
    かつ どの時点でも"component=nginx"に一致するPodのうち少なくとも3個が利用可能である
    もし "kubectl get pod -o 'custom-columns=NAME:.metadata.name,IMAGE:.spec.containers[*].image,PHASE:.status.phase' --watch"を実行する
    ならば 出力に"nginx:1.15"が含まれる
    かつ 出力に"nginx:1.16"が含まれる
    かつ 出力に"Pending"が含まれる
    もし クラスターが安定している
    かつ "kubectl get pod -o 'custom-columns=IMAGE:.spec.containers[*].image,PHASE:.status.phase'"を実行する
    ならば 出力は次のとおりである:
      """
      IMAGE        PHASE
      nginx:1.16   Running
      nginx:1.16   Running
      nginx:1.16   Running
      """

  シナリオ: 古いReplicaSetは0個のまま残り、undoでそこへ戻る
    前提 "kubectl apply -f ../manifests/nginx-deployment-1.16.yaml"を実行する
    かつ クラスターが安定している
    もし "kubectl get replicaset -o custom-columns=IMAGE:.spec.template.spec.containers[*].image,DESIRED:.spec.replicas --sort-by=.spec.replicas"を実行する
    ならば 出力は次のとおりである:
      """
      IMAGE        DESIRED
      nginx:1.15   0
      nginx:1.16   3
      """
    もし "kubectl rollout history deployment/nginx-deployment"を実行する
    ならば 出力は次のとおりである:
      """
      deployment.apps/nginx-deployment
      REVISION  CHANGE-CAUSE
      1         <none>
      2         <none>
      """
    もし "kubectl rollout undo deployment/nginx-deployment"を実行する
    ならば 出力は次のとおりである:
      """
      deployment.apps/nginx-deployment rolled back
      """
    かつ 2分以内にDeployment"nginx-deployment"のロールアウトが完了している
    かつ Deployment"nginx-deployment"のフィールド".spec.template.spec.containers[0].image"が"nginx:1.15"である
    かつ すべてのPodの準備が完了している

  シナリオ: Recreateは、古いものが終わってから新しいものを始める
    前提 次を実行する:
      """
      kubectl patch deployment nginx-deployment -p '{"spec":{"strategy":{"type":"Recreate","rollingUpdate":null}}}'
      """
    もし "kubectl set image deployment/nginx-deployment nginx=nginx:1.16"を実行する
    ならば 2分以内にDeployment"nginx-deployment"のロールアウトが完了している
    かつ ある時点で"component=nginx"に一致する実行中のPodが0個以下である
    かつ どの時点でも"component=nginx"に一致する実行中のPodが3個以下である

  シナリオ: 0個にスケールしても、版は残る
    もし "kubectl scale deployment nginx-deployment --replicas=0"を実行する
    ならば 40秒以内に"component=nginx"に一致する実行中のPodが0個以下である
    もし "kubectl get deployment"を実行する
    ならば 出力は次のとおりである:
      """
      NAME               READY   UP-TO-DATE   AVAILABLE   AGE
      nginx-deployment   0/0     0            0           9s
      """
    もし Deployment"nginx-deployment"を3個にスケールする
    ならば 30秒以内にDeployment"nginx-deployment"の3個中3個のレプリカが利用可能である
