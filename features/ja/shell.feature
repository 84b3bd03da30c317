# language: ja
機能: コンテナのスクリプト
  コンテナのコマンドに書いたスクリプトは、シェルが実行する。時間がかかり、ログに書き、ほかを待ち、シグナルを聞く。

  背景:
    前提 1台のノードを持つクラスター

  シナリオ: 1秒に1行を書く
    前提 次のマニフェスト:
      """
      apiVersion: v1
      kind: Pod
      metadata: {name: counter}
      spec:
        containers:
          - name: count
            image: busybox:1.28
            command: [sh, -c, 'i=0; while true; do echo "$i: $(date +%T)"; i=$((i + 1)); sleep 1; done']
      """
    かつ すべてのPodの準備が完了している
    もし 30秒が経過する
    かつ "kubectl logs counter"を実行する
    ならば 出力に"20: 09:00:"が含まれる

  シナリオ: initコンテナがServiceの名前を待つ
    前提 次のマニフェスト:
      """
      apiVersion: v1
      kind: Pod
      metadata: {name: app}
      spec:
        initContainers:
          - name: wait
            image: busybox:1.28
            command: [sh, -c, 'until nslookup db; do echo waiting for db; sleep 2; done']
        containers: [{name: app, image: nginx}]
      """
    もし 1分が経過する
    かつ "kubectl logs app -c wait"を実行する
    ならば 出力に"waiting for db"が含まれる
    もし 次のマニフェスト:
      """
      apiVersion: v1
      kind: Service
      metadata: {name: db}
      spec: {ports: [{port: 5432}]}
      """
    ならば 10秒以内にPod"app"の準備が完了している

  シナリオ: 一方が書き、もう一方が読む
    前提 次のマニフェスト:
      """
      apiVersion: v1
      kind: Pod
      metadata: {name: pair}
      spec:
        volumes: [{name: logs, emptyDir: {}}]
        containers:
          - name: writer
            image: busybox:1.28
            args: [sh, -c, 'for i in 1 2 3; do echo "entry $i" | tee -a /var/log/app.log; sleep 5; done; sleep infinity']
            volumeMounts: [{name: logs, mountPath: /var/log}]
          - name: reader
            image: busybox:1.28
            args: [sh, -c, 'tail -n+1 -F /var/log/app.log | grep --line-buffered -v "entry 2"']
            volumeMounts: [{name: logs, mountPath: /var/log}]
      """
    もし 1分が経過する
    かつ "kubectl logs pair -c reader"を実行する
    ならば 出力は次のとおりである:
      """
      entry 1
      entry 3
      """

  シナリオ: ないファイルは、そのイメージの言葉で断られる
    前提 次のマニフェスト:
      """
      apiVersion: v1
      kind: Pod
      metadata: {name: box}
      spec:
        containers: [{name: box, image: "busybox:1.28", command: [sleep, infinity]}]
      """
    かつ すべてのPodの準備が完了している
    もし "kubectl exec box -- ls /none"を実行する
    ならば コマンドが"ls: /none: No such file or directory"というエラーで失敗する
    もし "kubectl exec box -- cat /none"を実行する
    ならば コマンドが"cat: can't open '/none': No such file or directory"というエラーで失敗する
