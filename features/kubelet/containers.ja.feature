# language: ja
機能: Podのコンテナ
  ネットワークを共有し、順番に起動する。

  背景:
    前提 1台のノードを持つクラスター

  シナリオ: 同じポートで待ち受ける2個のサーバーのうち、2個目は起動できない
    前提 次のマニフェスト:
      """
      apiVersion: v1
      kind: Pod
      metadata: {name: twins}
      spec:
        containers:
          - {name: first, image: "nginx:1.27"}
          - {name: second, image: "nginx:1.27"}
      """
    もし 1分が経過する
    ならば Pod"twins"のコンテナ"second"が"CrashLoopBackOff"により待機中である
    かつ Pod"twins"のコンテナ"first"が0回再起動している
    かつ Pod"twins"の準備が完了していない
    もし "kubectl logs twins -c second --previous"を実行する
    ならば 出力に"bind() to 0.0.0.0:80 failed (98: Address already in use)"が含まれる

  シナリオ: コンテナは前のコンテナのイメージを待つ
    前提 イメージ"registry.example/large:1"は次のように振る舞う:
      """
      pull: 10s
      """
    かつ イメージ"registry.example/small:1"は次のように振る舞う:
      """
      pull: 1s
      """
    かつ 次のマニフェスト:
      """
      apiVersion: v1
      kind: Pod
      metadata: {name: pair}
      spec:
        containers:
          - {name: first, image: "registry.example/large:1"}
          - {name: second, image: "registry.example/small:1"}
      """
    もし 9秒が経過する
    かつ "kubectl get events --field-selector reason=Started -o jsonpath={.items[*].involvedObject.fieldPath}"を実行する
    ならば 出力は次のとおりである:
      """
      """
    かつ 10秒以内にPod"pair"の準備が完了している
