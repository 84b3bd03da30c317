# language: ja
機能: サイドカーと初期化コンテナの障害
  コンテナの名前を挙げた障害は、サイドカーや初期化コンテナにも起きる。名前を挙げなければ、本来のコンテナに起きる。

  背景:
    前提 1台のノードを持つクラスター
    かつ イメージ"setup:1"は次のように振る舞う:
      """
      exits: {after: 20s, code: 0}
      """
    かつ イメージ"envoy:1.31"は次のように振る舞う:
      """
      listens: [9901]
      """
    かつ 次のマニフェスト:
      """
      apiVersion: v1
      kind: Pod
      metadata: {name: web}
      spec:
        initContainers:
          - name: proxy
            image: envoy:1.31
            restartPolicy: Always
          - name: setup
            image: setup:1
        containers: [{name: web, image: "nginx:1.27"}]
      """

  シナリオ: サイドカーがクラッシュしても、隣のコンテナは動き続ける
    前提 すべてのPodの準備が完了している
    もし Pod"web"のコンテナ"proxy"がクラッシュする
    ならば 1分以内にPod"web"のコンテナ"proxy"が1回再起動している
    かつ Pod"web"のコンテナ"web"が0回再起動している

  シナリオ: 初期化コンテナは、失敗するともう一度実行される
    もし 10秒が経過する
    かつ Pod"web"のコンテナ"setup"が終了コード3でクラッシュする
    ならば 1分以内にPod"web"のコンテナ"setup"が1回再起動している
    かつ 2分以内にPod"web"の準備が完了している
