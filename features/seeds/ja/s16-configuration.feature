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
