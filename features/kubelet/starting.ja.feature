# language: ja
機能: 起動できないプログラムと、起動するときに渡されるもの
  プログラムのないコンテナは、作られても動くことはない。

  背景:
    前提 1台のノードを持つクラスター
    かつ イメージ"registry.example/model:1"は次のように振る舞う:
      """
      pull: missing
      """
    かつ "starting.yaml"のマニフェスト

  シナリオ: 打ち間違えたコマンドは見つからない
    もし 40秒が経過する
    ならば 20秒以内にPod"typo"のコンテナ"main"が"CrashLoopBackOff"により待機中である
    かつ Pod"typo"のコンテナ"main"が前回は"StartError"で終了した
    かつ Pod"typo"に"exec: \"sleeep\": executable file not found in $PATH"を含むイベント"Failed"が記録されている
    もし "kubectl get pod typo -o jsonpath={.status.containerStatuses[0].lastState.terminated.exitCode}"を実行する
    ならば 出力に"128"が含まれる

  シナリオ: ConfigMapのスクリプトは、読めても実行できない
    もし 40秒が経過する
    かつ "kubectl get pod script"を実行する
    ならば 出力に"StartError"が含まれる
    かつ Pod"script"に"exec: \"/scripts/run.sh\": permission denied"を含むイベント"Failed"が記録されている

  シナリオ: 実行できるモードなら動く
    もし "kubectl patch configmap scripts --type merge -p '{\"data\":{\"run.sh\":\"echo it runs anew; sleep 1000\"}}'"を実行する
    ならば 40秒以内にPod"executable"の準備が完了している
    かつ 1分間ずっとPod"executable"の準備が完了している
    もし "kubectl logs executable"を実行する
    ならば 出力は次のとおりである:
      """
      it runs anew
      """

  シナリオ: 先に動いたコンテナが書いたファイルから環境変数を読む
    もし 40秒が経過する
    かつ "kubectl logs from-file"を実行する
    ならば 出力に"DB_ADDRESS=db.example.com"が含まれる
    かつ Pod"not-in-file"のコンテナ"main"が"CreateContainerConfigError"により待機中である
    かつ Pod"not-in-file"に"environment variable key \"PORT\" not found in file"を含むイベント"Failed"が記録されている

  シナリオ: 空の環境変数は、ボリュームの一部を指せない
    もし 40秒が経過する
    ならば Pod"no-part"のコンテナ"main"が"CreateContainerConfigError"により待機中である
    かつ Pod"no-part"に"missing value for TENANT"を含むイベント"Failed"が記録されている

  シナリオ: ボリュームになるイメージは、コンテナより先にpullされ、届くまで待たれる
    もし 30秒が経過する
    ならば Pod"no-model"のコンテナ"main"が"ImagePullBackOff"により待機中である
    かつ Pod"no-model"に"Failed to pull image \"registry.example/model:1\""を含むイベント"Failed"が記録されている
    もし イメージ"registry.example/model:1"は次のように振る舞う:
      """
      files: {/weights.txt: forty-two}
      """
    ならば 2分以内にPod"no-model"の準備が完了している
    もし Pod"no-model"で"cat /model/weights.txt"を実行する
    ならば 出力に"forty-two"が含まれる
