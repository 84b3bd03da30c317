# language: ja
@S16
機能: ConfigMapとSecret
  設定はPodが始まるときに読まれる。ファイルとして見える設定は、変更にしばらくして追いつく。
  環境変数は、コンテナが始まり直すまで変わらない。

  背景:
    前提 2台のノードを持つクラスター
    かつ "settings.yaml"のマニフェスト
    かつ すべてのPodの準備が完了している

  シナリオ: 一つのキー、すべてのキー、ファイル
    ならば Pod"game"の環境変数"PLAYER_INITIAL_LIVES"が"3"である
    かつ Pod"game"の環境変数"DB_username"が"admin"である
    かつ Pod"game"のファイル"/config/game.properties"に"player.maximum-lives=5"が含まれる
    かつ Pod"game"のファイル"/etc/secret/password"に"1f2d1e2e67df"が含まれる

  シナリオ: 変更はしばらくしてボリュームに届き、環境変数には届かない
    もし ConfigMap"game-demo"のキー"game.properties"を"lives=9"に変える
    かつ ConfigMap"game-demo"のキー"player_initial_lives"を"9"に変える
    かつ 2分が経過する
    ならば Pod"game"のファイル"/config/game.properties"に"lives=9"が含まれる
    かつ Pod"game"の環境変数"PLAYER_INITIAL_LIVES"が"3"である
    かつ ConfigMap"game-demo"のフィールド".data.player_initial_lives"が"9"である

  シナリオ: ConfigMapがないとPodは作られず、現れると始まる
    もし 5分間、ConfigMap"game-demo"が失われる
    かつ 次のマニフェスト:
      """
      apiVersion: v1
      kind: Pod
      metadata: {name: needy}
      spec:
        volumes: [{name: config, configMap: {name: game-demo}}]
        containers: [{name: c, image: "nginx:1.27", volumeMounts: [{name: config, mountPath: /config}]}]
      """
    かつ 1分が経過する
    ならば Pod"needy"のコンテナ"c"が"ContainerCreating"により待機中である
    もし 4分が経過する
    ならば 3分以内にPod"needy"の準備が完了している
