# language: ja
@S16
機能: S16. ConfigMapとSecret
  設定はイメージの外に置き、環境変数かファイルとしてコンテナに渡す。

  背景:
    前提 2台のノードを持つクラスター
    かつ "../manifests/configured-pod.yaml"のマニフェスト
    かつ すべてのPodの準備が完了している

  シナリオ: 一つのキー、すべてのキー、ファイル
    ならば Pod"configured"の環境変数"LEVEL"が"debug"である
    かつ Pod"configured"の環境変数"user"が"admin"である
    かつ Pod"configured"のファイル"/etc/game/level"に"debug"が含まれる
    かつ Pod"configured"のファイル"/etc/game/game.properties"に"lives=3"が含まれる
    かつ Pod"configured"のファイル"/etc/credentials/password"に"s3cret"が含まれる

  シナリオ: 更新はしばらくしてファイルに届き、環境変数には届かない
    もし "kubectl patch configmap game --type merge -p '{\"data\":{\"level\":\"info\"}}'"を実行する
    かつ 2分が経過する
    ならば Pod"configured"のファイル"/etc/game/level"に"info"が含まれる
    かつ Pod"configured"の環境変数"LEVEL"が"debug"である

  シナリオ: マニフェストではBase64、コンテナの中では元の値
    もし "kubectl get secret credentials -o jsonpath={.data.password}"を実行する
    ならば 出力に"czNjcmV0"が含まれる
    もし Pod"configured"で"cat /etc/credentials/password"を実行する
    ならば 出力に"s3cret"が含まれる

  シナリオ: Secretはメモリーに置かれ、ディスクには書かれない
    もし "kubectl exec configured -- grep /etc/credentials /proc/mounts"を実行する
    ならば 出力に"tmpfs /etc/credentials tmpfs ro"が含まれる

  シナリオ: ないキーを参照すると、コンテナは作られない
    前提 "kubectl apply -f ../manifests/app-config.yaml"を実行する
    もし "kubectl apply -f ../manifests/missing-key.yaml"を実行する
    ならば 1分以内にPod"impatient"のコンテナ"app"が"CreateContainerConfigError"により待機中である
    もし 次を実行する:
      """
      kubectl patch configmap app-config --type=merge -p '{"data":{"COLOUR":"blue"}}'
      """
    ならば 1分以内にPod"impatient"の準備が完了している

  シナリオ: Secretはマニフェストではbase64、コンテナの中ではそのままの値である
    前提 "kubectl apply -f ../manifests/app-config.yaml"を実行する
    かつ すべてのPodの準備が完了している
    もし "kubectl get secret app-secret -o jsonpath={.data.PASSWORD}"を実行する
    ならば 出力は次のとおりである:
      """
      cGFzc3cwcmQ=
      """
    かつ Pod"app"の環境変数"PASSWORD"が"passw0rd"である
    かつ Pod"app"の環境変数"LEVEL"が"info"である
    かつ Pod"app"のファイル"/etc/app/greeting.txt"に"hello from the first version"が含まれる

  シナリオ: immutableにしたものは、削除して作り直すほかない
    前提 "kubectl apply -f ../manifests/immutable-config.yaml"を実行する
    もし 次を実行する:
      """
      kubectl patch configmap fixed --type=merge -p '{"data":{"COLOUR":"red"}}'
      """
    ならば コマンドが"field is immutable when `immutable` is set"というエラーで失敗する
