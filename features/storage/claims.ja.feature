# language: ja
機能: ボリューム要求とディスク
  ディスクの中身は、Podが別のノードへ移っても残る。

  シナリオ: Podが移っても書いたものは残る
    前提 3台のノードを持つクラスター
    かつ "ledger.yaml"のマニフェスト
    かつ すべてのPodの準備が完了している
    かつ 20秒が経過する
    もし Pod"ledger-0"で"echo kept > /data/page"を実行する
    かつ "kubectl cordon node-1 node-3"を実行する
    かつ "kubectl delete pod ledger-0"を実行する
    ならば 2分以内にPod"ledger-0"の準備が完了している
    かつ Pod"ledger-0"がノード"node-2"上にある
    もし Pod"ledger-0"で"cat /data/page"を実行する
    ならば 出力に"kept"が含まれる

  シナリオ: シャットダウンから戻ったノードは、別のノードへ移ったPodのディスクを手放す
    前提 3台のノードを持つクラスター
    かつ "ledger.yaml"のマニフェスト
    かつ すべてのPodの準備が完了している
    もし 1秒間ノード"node-1"が正常にシャットダウンする
    ならば 5分以内にPod"ledger-0"の準備が完了している
    かつ Pod"ledger-0"にイベント"Killing"が記録されている

  シナリオ: 退避されたPodのディスクは、Podの移った先へ行く
    前提 3台のノードを持つクラスター
    かつ "ledger.yaml"のマニフェスト
    かつ すべてのPodの準備が完了している
    もし 30秒間ノード"node-1"のディスクが不足する
    ならば 1分以内にPod"ledger-0"にイベント"Evicted"が記録されている
    かつ 5分以内にPod"ledger-0"の準備が完了している

  シナリオ: APIサーバーに届かなかったノードの状態は、APIサーバーが戻ると書かれ、ディスクが空く
    前提 3台のノードを持つクラスター
    かつ "ledger.yaml"のマニフェスト
    かつ すべてのPodの準備が完了している
    かつ 20秒が経過する
    もし ノード"node-1"を1秒drainする
    かつ 1秒が経過する
    かつ 20秒間APIサーバーが停止する
    かつ "kubectl get pods"を実行する
    ならば コマンドが"was refused"というエラーで失敗する
    かつ 5分以内にPod"ledger-0"の準備が完了している
    かつ ある時点でPod"ledger-0"の準備が完了していない

  シナリオ: 要求はバインドされ、ディスクはPodのノードに接続されている
    前提 3台のノードを持つクラスター
    かつ "ledger.yaml"のマニフェスト
    かつ すべてのPodの準備が完了している
    ならば ボリューム要求"data-ledger-0"がバインドされている
    かつ ボリューム要求"data-ledger-0"の容量が"1Gi"である
    かつ ボリューム要求"data-ledger-0"のボリュームがノード"node-1"に接続されている
    もし "kubectl scale statefulset ledger --replicas=0"を実行する
    ならば 1分以内にボリューム要求"data-ledger-0"のボリュームがどのノードにも接続されていない
