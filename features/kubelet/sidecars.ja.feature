# language: ja
機能: サイドカー
  サイドカーは同じPodのほかのコンテナのためにある。先に起動し、後に止まり、仕事の終わったPodを生かし続けることはない。

  背景:
    前提 1台のノードを持つクラスター

  シナリオ: 仕事が終わればPodも終わり、サイドカーは順序正しく止まる
    前提 イメージ"registry.example/job:1"は次のように振る舞う:
      """
      exits: {after: 20s, code: 0}
      """
    かつ 次のマニフェスト:
      """
      apiVersion: v1
      kind: Pod
      metadata: {name: report}
      spec:
        restartPolicy: OnFailure
        initContainers:
          - name: shipper
            image: registry.example/shipper:1
            restartPolicy: Always
            lifecycle: {preStop: {sleep: {seconds: 5}}}
        containers: [{name: main, image: "registry.example/job:1"}]
      """
    もし 27秒が経過する
    ならば Pod"report"が実行中である
    もし 10秒が経過する
    ならば Pod"report"が成功している
    かつ Pod"report"のコンテナ"shipper"が0回再起動している
    もし "kubectl get events --field-selector reason=Killing -o jsonpath={.items[*].message}"を実行する
    ならば 出力は次のとおりである:
      """
      Stopping container shipper
      """

  シナリオ: サイドカーは止まる前の処理をすぐに行い、仕えるコンテナより後に止まる
    前提 イメージ"registry.example/slow:1"は次のように振る舞う:
      """
      ignoresSigterm: true
      """
    かつ イメージ"registry.example/proxy:1"は次のように振る舞う:
      """
      listens: []
      """
    かつ 次のマニフェスト:
      """
      apiVersion: v1
      kind: Pod
      metadata: {name: shop}
      spec:
        terminationGracePeriodSeconds: 20
        initContainers:
          - name: proxy
            image: registry.example/proxy:1
            restartPolicy: Always
            lifecycle: {preStop: {exec: {command: [cat, /no/such/file]}}}
        containers: [{name: main, image: "registry.example/slow:1"}]
      """
    かつ すべてのPodの準備が完了している
    もし Pod"shop"を削除する
    かつ 1秒が経過する
    ならば Pod"shop"にイベント"FailedPreStopHook"が記録されている
    もし 18秒が経過する
    ならば Pod"shop"が実行中である
    かつ 5秒以内にPod"shop"が存在しない
