# language: ja
機能: 死んだノードを待つStatefulSet
  マシンの電源が落ちたまま戻りません。StatefulSetのPodは削除されようとしていますが、終わったと確認する者がそのノードにはもういません。同じ名前のPodが二つあってはならないので、別のPodは作られません。ノードが使用停止だと誰かが告げるまで待ち続けます。

  背景:
    前提 2台のノードを持つクラスター
    かつ ノード"node-2"をcordonする

  シナリオアウトライン: ノードの電源が落ちたまま戻らない
    前提 "as-it-was.yaml"のマニフェスト
    かつ すべてのPodの準備が完了している
    かつ ノード"node-2"をuncordonする
    もし ノード"node-1"の電源が落ちる
    ならば 2分以内にノード"node-1"の状態が不明である
    もし "<command>"を実行する
    ならば 15分以内にPod"db-0"がノード"node-2"上にある
    かつ 5分以内にPod"db-0"の準備が完了している

    @expect-failure
    例: 当時のまま
      | command           |
      | kubectl get nodes |

    例: 対策の後
      | command                                                                             |
      | kubectl taint nodes node-1 node.kubernetes.io/out-of-service=nodeshutdown:NoExecute |
