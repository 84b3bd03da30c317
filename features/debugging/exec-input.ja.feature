# language: ja
機能: kubectl exec -iに渡した入力
  -iを付けると、標準入力がコンテナの中のコマンドに渡る。付けなければ、コマンドに入力はない。

  背景:
    前提 1台のノードを持つクラスター
    もし "kubectl run client --image=nginx"を実行する
    かつ 20秒が経過する

  シナリオ: パイプで渡したものをコマンドが読む
    もし "echo hello | kubectl exec -i client -- cat"を実行する
    ならば 出力は次のとおりである:
      """
      hello
      """

  シナリオ: -iがなければ、読むものはない
    もし "echo hello | kubectl exec client -- wc -c"を実行する
    ならば 出力は次のとおりである:
      """
      0
      """
