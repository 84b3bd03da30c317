# language: ja
機能: 動いているPodのリソースを変える
  動いているPodが要求するリソースは、resizeサブリソースを通してだけ変わる。kubeletはノードに残っているものを、resizePolicyの
  とおり、すぐに、またはコンテナを再起動して与える。残りがなければPodは待ち、その理由をコンディションが述べる。

  背景:
    前提 1台のノードを持つクラスター
    かつ 次のマニフェスト:
      """
      apiVersion: v1
      kind: Pod
      metadata: {name: shop}
      spec:
        containers:
          - name: shop
            image: nginx
            resources: {requests: {cpu: 500m, memory: 64Mi}, limits: {cpu: 1, memory: 128Mi}}
            resizePolicy:
              - {resourceName: memory, restartPolicy: RestartContainer}
      """
    かつ すべてのPodの準備が完了している

  シナリオ: CPUは再起動せずに増える
    もし 次を実行する:
      """
      kubectl patch pod shop --subresource resize -p '{"spec":{"containers":[{"name":"shop","resources":{"requests":{"cpu":"800m"}}}]}}'
      """
    かつ 5秒が経過する
    かつ "kubectl get pod shop -o jsonpath={.status.containerStatuses[0].allocatedResources.cpu}"を実行する
    ならば 出力に"800m"が含まれる
    かつ Pod"shop"のコンテナ"shop"が0回再起動している
    かつ Pod"shop"に"Pod resize completed: "を含むイベント"ResizeCompleted"が記録されている

  シナリオ: メモリは再起動して増える
    もし 次を実行する:
      """
      kubectl patch pod shop --subresource resize -p '{"spec":{"containers":[{"name":"shop","resources":{"limits":{"memory":"256Mi"}}}]}}'
      """
    ならば 2分以内にPod"shop"のコンテナ"shop"が1回再起動している
    かつ Pod"shop"に"resize requires restart"を含むイベント"Killing"が記録されている
    かつ 10秒以内にPod"shop"にイベント"ResizeCompleted"が記録されている

  シナリオ: ノードの容量を超えるものは与えられない
    もし 次を実行する:
      """
      kubectl patch pod shop --subresource resize -p '{"spec":{"containers":[{"name":"shop","resources":{"requests":{"cpu":"4"},"limits":{"cpu":"4"}}}]}}'
      """
    ならば 10秒以内にPod"shop"のコンディション"PodResizePending"が理由"Infeasible"で"True"である
    かつ Pod"shop"に"Node didn't have enough capacity: cpu, requested: 4000, capacity: 2000"を含むイベント"ResizeInfeasible"が記録されている
    かつ 5分間ずっとPod"shop"の準備が完了している

  シナリオ: QoSクラスの変わる変更は拒否される
    もし 次を実行する:
      """
      kubectl patch pod shop --subresource resize -p '{"spec":{"containers":[{"name":"shop","resources":{"requests":{"cpu":"1","memory":"128Mi"}}}]}}'
      """
    ならば コマンドが"Pod QOS Class may not change as a result of resizing"というエラーで失敗する
