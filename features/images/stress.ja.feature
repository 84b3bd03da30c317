# language: ja
機能: 指示されただけリソースを使うプログラム
  Kubernetesのドキュメントは、要求と上限の働きをこれらのプログラムで示している(tasks/configure-pod-container)。

  背景:
    前提 1台のノードを持つクラスター

  シナリオ: メモリの上限を超えないものと、超えるもの
    前提 次のマニフェスト:
      """
      apiVersion: v1
      kind: Pod
      metadata: {name: memory-demo}
      spec:
        containers:
          - name: memory-demo-ctr
            image: polinux/stress
            resources: {requests: {memory: "100Mi"}, limits: {memory: "200Mi"}}
            command: ["stress"]
            args: ["--vm", "1", "--vm-bytes", "150M", "--vm-hang", "1"]
      ---
      apiVersion: v1
      kind: Pod
      metadata: {name: memory-demo-2}
      spec:
        containers:
          - name: memory-demo-2-ctr
            image: polinux/stress
            resources: {requests: {memory: "50Mi"}, limits: {memory: "100Mi"}}
            command: ["stress"]
            args: ["--vm", "1", "--vm-bytes", "250M", "--vm-hang", "1"]
      """
    ならば 1分以内にPod"memory-demo-2"のコンテナ"memory-demo-2-ctr"が前回は"OOMKilled"で終了した
    かつ 1分以内にPod"memory-demo-2"のコンテナ"memory-demo-2-ctr"が"CrashLoopBackOff"により待機中である
    かつ Pod"memory-demo"の準備が完了している
    もし 1分が経過する
    かつ "kubectl top pod memory-demo"を実行する
    ならば 出力に"151Mi"が含まれる

  シナリオ: CPUを2個求めても、上限の1個しか使えない
    前提 次のマニフェスト:
      """
      apiVersion: v1
      kind: Pod
      metadata: {name: cpu-demo}
      spec:
        containers:
          - name: cpu-demo-ctr
            image: vish/stress
            resources: {requests: {cpu: "0.5"}, limits: {cpu: "1"}}
            args: ["-cpus", "2"]
      """
    もし 2分が経過する
    かつ "kubectl top pod cpu-demo"を実行する
    ならば 出力に"1000m"が含まれる

  シナリオ: 1分間のJobは1分で終わる
    前提 次のマニフェスト:
      """
      apiVersion: batch/v1
      kind: Job
      metadata: {name: load}
      spec:
        template:
          spec:
            restartPolicy: Never
            containers: [{name: load, image: progrium/stress, args: ["--cpu", "2", "--timeout", "60s"]}]
      """
    もし 55秒が経過する
    ならば Job"load"の1個中1個のレプリカの準備が完了している
    かつ 20秒以内にJob"load"のPodのうち1個が成功している
