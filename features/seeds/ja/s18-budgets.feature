# language: ja
@S18
機能: S18. ノードのローリング再起動を、PodDisruptionBudgetなしとありで
  レプリカは2個、ノードは3台で、どのノードも再起動しなければならない。1台目をdrainして移したPodの準備が整う前に2台目をdrainすると、応答するPodがなくなる。PodDisruptionBudgetは2台目のdrainを待たせる。

  背景:
    前提 3台のノードを持つクラスター
    かつ イメージ"nginx:1.16"は次のように振る舞う:
      """
      startup: 30s
      listens: [80]
      files: {/usr/share/nginx/html/index.html: hello}
      http: {/: /usr/share/nginx/html/index.html}
      """
    かつ "kubectl apply -f ../manifests/two-replicas.yaml"を実行する
    かつ すべてのPodの準備が完了している

  @expect-failure @every-seed:5
  シナリオ: なしでは、利用可能なPodが一つもない時がある
    もし 各ノードを順番にdrainし、再起動し、uncordonする
    ならば どの時点でも"component=nginx"に一致するPodのうち少なくとも1個が利用可能である

  @every-seed:5
  シナリオ: ありでは、必ず1個は利用可能である
    前提 "kubectl apply -f ../manifests/frontend-pdb.yaml"を実行する
    もし 各ノードを順番にdrainし、再起動し、uncordonする
    ならば どの時点でも"component=nginx"に一致するPodのうち少なくとも1個が利用可能である
    かつ ある時点で"component=nginx"に一致する利用可能なPodがちょうど1個である
    かつ 5分以内にDeployment"nginx-deployment"の2個中2個のレプリカが利用可能である

  シナリオ: ALLOWED DISRUPTIONSの列
    資料のクラスターで利用可能なPodは1個だけだったので、0だった。ここでは2個ある。
    前提 "kubectl apply -f ../manifests/frontend-pdb.yaml"を実行する
    もし 66秒が経過する
    かつ "kubectl get poddisruptionbudget"を実行する
    ならば 出力は次のとおりである:
      """
      NAME        MIN AVAILABLE   MAX UNAVAILABLE   ALLOWED DISRUPTIONS   AGE
      nginx-pdb   1               N/A               1                     66s
      """
    もし Deployment"nginx-deployment"を1個にスケールする
    かつ 1分が経過する
    ならば PodDisruptionBudget"nginx-pdb"が中断を0個まで許可する

  シナリオ: 資料のapiVersionは、もうない
    もし "kubectl apply -f ../manifests/frontend-pdb-v1beta1.yaml"を実行する
    ならば コマンドが次のエラーで失敗する:
      """
      no matches for kind "PodDisruptionBudget" in version "policy/v1beta1"
      """

  シナリオ: 障害には効かない
    前提 "kubectl apply -f ../manifests/frontend-pdb.yaml"を実行する
    かつ 5秒以内にPodDisruptionBudget"nginx-pdb"が中断を1個まで許可する
    もし すべてのノードの電源が落ちる
    ならば 1分以内に"component=nginx"に一致する応答中のPodが0個以下である

  シナリオ: Deploymentの削除にも効かない
    前提 "kubectl apply -f ../manifests/frontend-pdb.yaml"を実行する
    かつ 5秒以内にPodDisruptionBudget"nginx-pdb"が中断を1個まで許可する
    もし "kubectl delete deployment nginx-deployment"を実行する
    ならば 1分以内に"component=nginx"に一致する実行中のPodが0個以下である
    かつ すべてのPodの準備が完了している

  シナリオ: 数えるのは、準備が完了したPodである
    前提 "kubectl apply -f ../manifests/frontend-pdb.yaml"を実行する
    かつ 5秒が経過する
    もし "component=nginx"に一致するPodのうち1個で"rm /usr/share/nginx/html/index.html"を実行する
    ならば 30秒以内にPodDisruptionBudget"nginx-pdb"が中断を0個まで許可する
