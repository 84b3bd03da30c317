# language: ja
機能: 来ないディスク、離れないディスク、満杯のディスク
  要求に応じたディスクは、Podを追ってノードからノードへ移る。妨げるものは、コントローラーの言葉で知らされる。

  背景:
    前提 3台のノードを持つクラスター
    かつ "ledger.yaml"のマニフェスト
    かつ すべてのPodの準備が完了している
    かつ 20秒が経過する

  シナリオ: 満杯のディスクは何も受け付けず、すでにあるものは読める
    もし Pod"ledger-0"で"echo kept > /data/page"を実行する
    かつ 5分間、永続ボリューム要求"data-ledger-0"のボリュームが満杯になる
    かつ Pod"ledger-0"で"echo more >> /data/page"を実行する
    ならば コマンドが"No space left on device"というエラーで失敗する
    もし Pod"ledger-0"で"cat /data/page"を実行する
    ならば 出力は次のとおりである:
      """
      kept
      """

  シナリオ: アタッチできないディスクは、Podを起動させない
    もし 2分間、すべてのノードにボリュームをアタッチできなくなる
    かつ "kubectl cordon node-1"を実行する
    かつ "kubectl delete pod ledger-0"を実行する
    ならば 1分以内にPod"ledger-0"に"AttachVolume.Attach failed for volume"を含むイベント"FailedAttachVolume"が記録されている
    かつ 6分以内にPod"ledger-0"の準備が完了している

  シナリオ: デタッチされないディスクは、別のノードへ移れない
    もし 3分間、ノード"node-1"からボリュームがデタッチされなくなる
    かつ "kubectl cordon node-1"を実行する
    かつ "kubectl delete pod ledger-0"を実行する
    ならば 1分以内にPod"ledger-0"に"Multi-Attach error for volume"を含むイベント"FailedAttachVolume"が記録されている
    かつ 90秒間ずっとPod"ledger-0"が保留中である
    かつ 8分以内にPod"ledger-0"の準備が完了している

  シナリオ: プロビジョナーがなければ、要求は待つ
    もし 2分間、ストレージのプロビジョナーが停止する
    かつ "kubectl scale statefulset ledger --replicas=2"を実行する
    かつ 1分が経過する
    ならば ボリューム要求"data-ledger-1"が待機中である
    かつ PersistentVolumeClaim"data-ledger-1"にイベント"ExternalProvisioning"が記録されている
    かつ 3分以内にPod"ledger-1"の準備が完了している
