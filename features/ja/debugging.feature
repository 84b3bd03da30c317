# language: ja
機能: デバッグ用のコンテナ
  動いているPodに、中を調べるためのコンテナを後から足す。一度だけ始まり、終わっても始め直されず、
  Podが準備完了かどうかには関わらない。

  背景:
    前提 2台のノードを持つクラスター
    かつ 次のマニフェスト:
      """
      apiVersion: v1
      kind: Pod
      metadata: {name: web}
      spec:
        containers:
          - name: nginx
            image: nginx:1.27
            readinessProbe: {httpGet: {path: /, port: 80}}
      """
    かつ すべてのPodの準備が完了している

  シナリオ: ネットワークを共にし、調べる相手のプロセスが見える
    もし "kubectl debug web --image=busybox -c debugger --target=nginx -- sleep 1d"を実行する
    ならば 30秒以内にPod"web"のコンテナ"debugger"が実行中である
    もし "kubectl exec web -c debugger -- ps"を実行する
    ならば 出力に"PID"が含まれる
    かつ 出力に"nginx"が含まれる
    もし "kubectl exec web -c debugger -- wget -qO- http://localhost/"を実行する
    ならば 出力に"Welcome to nginx!"が含まれる

  シナリオ: 終わっても始め直されない
    もし "kubectl debug web --image=busybox -c debugger -- sh -c 'exit 3'"を実行する
    かつ 5分が経過する
    ならば Pod"web"のコンテナ"debugger"が0回再起動している
    かつ Pod"web"のコンテナ"debugger"が前回は"Error"で終了した
    かつ Pod"web"の準備が完了している
