# language: ja
機能: 満杯のボリューム
  書き込むプログラムは、空きができるまで、そのプログラム自身の言葉で拒まれる。すでに書いたものは残る。

  背景:
    前提 1台のノードを持つクラスター

  シナリオ: 書き続けるスクリプトは、ディスクに空きができるまで拒まれる
    前提 "full.yaml"のマニフェスト
    かつ すべてのPodの準備が完了している
    もし 20秒が経過する
    かつ 2分間、永続ボリューム要求"journal"のボリュームが満杯になる
    かつ 1分が経過する
    かつ "kubectl logs writer --tail 1"を実行する
    ならば 出力に"No space left on device"が含まれる
    かつ Pod"writer"の準備が完了している
    かつ Pod"writer"のファイル"/journal/log"に"entry 1"が含まれる
    もし 2分が経過する
    かつ "kubectl logs writer --tail 1"を実行する
    ならば 出力に"wrote"が含まれる

  シナリオ: 最初のエラーで終わるスクリプトはクラッシュを繰り返し、ディスクとともに立ち直る
    前提 "full.yaml"のマニフェスト
    かつ すべてのPodの準備が完了している
    もし 2分間、永続ボリューム要求"strict-journal"のボリュームが満杯になる
    ならば 1分以内にPod"strict"のコンテナ"strict"が"CrashLoopBackOff"により待機中である
    もし "kubectl logs strict --previous"を実行する
    ならば 出力に"No space left on device"が含まれる
    かつ 5分以内にPod"strict"の準備が完了している
    かつ 1分間ずっとPod"strict"の準備が完了している

  シナリオ: sizeLimitを超えて書いたemptyDirのPodは退避させられる
    前提 次のマニフェスト:
      """
      apiVersion: v1
      kind: Pod
      metadata: {name: scratch}
      spec:
        containers:
          - name: main
            image: busybox:1.36
            command: [sh, -c, "sleep 30; dd if=/dev/zero of=/tmp/cache/big bs=1M count=20; sleep 3600"]
            volumeMounts: [{name: cache, mountPath: /tmp/cache}]
        volumes: [{name: cache, emptyDir: {sizeLimit: 10Mi}}]
      """
    かつ すべてのPodの準備が完了している
    もし 1分が経過する
    ならば Pod"scratch"が失敗している
    かつ Pod"scratch"に"Usage of EmptyDir volume \"cache\" exceeds the limit \"10Mi\"."を含むイベント"Evicted"が記録されている
