# language: ja
@S16
機能: 環境変数やファイルとして渡すConfigMapとSecret
  Podは起動するときに設定を読む。ファイルとして持つものは、変更にしばらくして追いつく。環境変数や、1個のファイル(subPath)として
  持つものは追いつかない。

  背景:
    前提 2台のノードを持つクラスター
    かつ "settings.yaml"のマニフェスト
    かつ すべてのPodの準備が完了している

  シナリオ: 1個のキー、すべてのキー、ファイル
    ならば Pod"game"の環境変数"PLAYER_INITIAL_LIVES"が"3"である
    かつ Pod"game"の環境変数"DB_username"が"admin"である
    かつ Pod"game"のファイル"/config/game.properties"に"player.maximum-lives=5"が含まれる
    かつ Pod"game"にファイル"/config/player_initial_lives"がない
    # マニフェストではbase64、コンテナの中ではそのままの値
    かつ Pod"game"のファイル"/etc/secret/password"に"1f2d1e2e67df"が含まれる

  シナリオ: 更新はしばらくしてボリュームに届き、環境変数と1個のファイルには届かない
    もし ConfigMap"game-demo"のキー"game.properties"を"lives=9"に変える
    かつ ConfigMap"game-demo"のキー"player_initial_lives"を"9"に変える
    ならば Pod"game"のファイル"/config/game.properties"に"player.maximum-lives=5"が含まれる
    かつ 2分以内にPod"game"のファイル"/config/game.properties"に"lives=9"が含まれる
    もし 10分が経過する
    ならば Pod"game"の環境変数"PLAYER_INITIAL_LIVES"が"3"である
    かつ Pod"game"のファイル"/etc/game.properties"に"player.maximum-lives=5"が含まれる
    もし Pod"game"のコンテナ"demo"がクラッシュする
    ならば 30秒以内にPod"game"の環境変数"PLAYER_INITIAL_LIVES"が"9"である
    かつ Pod"game"のファイル"/etc/game.properties"に"lives=9"が含まれる
    かつ すべてのPodの準備が完了している

  シナリオ: 更新されたパスワードも、環境変数で受け取ったものには古いままである
    もし Secret"credentials"のキー"password"を"s3cret"に更新する
    かつ 2分が経過する
    ならば Pod"game"のファイル"/etc/secret/password"に"s3cret"が含まれる
    かつ Pod"game"の環境変数"DB_password"が"1f2d1e2e67df"である

  シナリオ: キーがなければコンテナは作られず、キーができれば作られる
    もし 次のマニフェスト:
      """
      apiVersion: v1
      kind: Pod
      metadata: {name: needy}
      spec:
        containers:
          - name: c
            image: nginx:1.27
            env: [{name: LEVEL, valueFrom: {configMapKeyRef: {name: game-demo, key: level}}}]
      """
    かつ 20秒が経過する
    ならば Pod"needy"のコンテナ"c"が"CreateContainerConfigError"により待機中である
    かつ Pod"needy"に"couldn't find key level in ConfigMap default/game-demo"を含むイベント"Failed"が記録されている
    もし ConfigMap"game-demo"のキー"level"を"debug"に変える
    ならば 20秒以内にPod"needy"の準備が完了している
    かつ Pod"needy"の環境変数"LEVEL"が"debug"である

  シナリオ: 変更できないと宣言されたものは、作り直すしかない
    もし 次を実行する:
      """
      kubectl patch secret credentials -p '{"immutable":true}'
      kubectl patch secret credentials -p '{"stringData":{"password":"other"}}'
      """
    ならば コマンドが"field is immutable when `immutable` is set"というエラーで失敗する

  シナリオ: Secretが失われても、困るのは動いているものではなく、起動するものである
    もし Secret"credentials"が失われる
    かつ 5分が経過する
    ならば Pod"game"の準備が完了している
    もし Pod"game"のコンテナ"demo"がクラッシュする
    ならば 30秒以内にPod"game"のコンテナ"demo"が"CreateContainerConfigError"により待機中である
