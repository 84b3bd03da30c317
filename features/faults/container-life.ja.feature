# language: ja
機能: コンテナが終わり、kubeletがまた起動する
  プロセスの終わり方で、その理由が決まる。終わる回数で、kubeletの待つ時間が決まる。

  背景:
    前提 1台のノードを持つクラスター
    かつ "server.yaml"のマニフェスト
    かつ すべてのPodの準備が完了している

  シナリオ: クラッシュしたコンテナは、すぐに再起動される
    もし Pod"server"のコンテナ"nginx"が終了コード139でクラッシュする
    ならば 5秒以内にPod"server"のコンテナ"nginx"が1回再起動している
    かつ Pod"server"のコンテナ"nginx"が前回は"Error"で終了した
    かつ 10秒以内にPod"server"の準備が完了している

  シナリオ: SIGKILLはどのプロセスも終わらせ、終了コードは137になる
    もし Pod"server"のコンテナ"nginx"がkillされる
    ならば 5秒以内にPod"server"のコンテナ"nginx"が1回再起動している
    もし "kubectl get pod server -o jsonpath={.status.containerStatuses[0].lastState.terminated.exitCode}"を実行する
    ならば 出力に"137"が含まれる
    かつ すべてのPodの準備が完了している

  シナリオ: コンテナのプロセス1であるシェルは、SIGTERMに応じない
    前提 "shells.yaml"のマニフェスト
    かつ すべてのPodの準備が完了している
    # shareProcessNamespaceがあれば、プロセス1はpauseコンテナである。
    もし Pod"shared"のコンテナ"shell"がシグナル"SIGTERM"を受ける
    ならば 5秒以内にPod"shared"のコンテナ"shell"が1回再起動している
    # 削除はSIGTERMで始まり、猶予期間が過ぎるとSIGKILLになる。
    もし "kubectl delete pod first --wait=false"を実行する
    ならば 29秒間ずっとPod"first"のコンテナ"shell"が実行中である
    かつ 5秒以内にPod"first"が存在しない

  シナリオ: SIGTERMを無視するプロセスは、猶予期間をすべて使う
    もし 10分間、Pod"server"のコンテナ"nginx"がSIGTERMを無視する
    かつ "kubectl delete pod server --wait=false"を実行する
    ならば 29秒間ずっと"app=server"に一致する終了処理中のPodがちょうど1個である
    かつ 5秒以内にPod"server"が存在しない

  シナリオ: カーネルは、メモリを空けるためにプロセスをkillする
    もし Pod"server"のコンテナ"nginx"がOOM Killされる
    ならば 5秒以内にPod"server"のコンテナ"nginx"が1回再起動している
    かつ Pod"server"のコンテナ"nginx"が前回は"OOMKilled"で終了した
    かつ 10秒以内にPod"server"の準備が完了している
