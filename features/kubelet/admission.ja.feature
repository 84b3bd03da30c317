# language: ja
機能: kubeletが受け取ったPodに求めること
  最後に決めるのはスケジューラーではない。kubeletは動かす前にPodを調べる。起動し直したkubeletは、すでに動いているPodで
  あってもまた調べる。

  背景:
    前提 次のノードを持つクラスター:
      | name   | labels   |
      | node-1 | disk=ssd |
      | node-2 |          |
    かつ 次のマニフェスト:
      """
      apiVersion: apps/v1
      kind: ReplicaSet
      metadata: {name: cache}
      spec:
        replicas: 1
        selector: {matchLabels: {app: cache}}
        template:
          metadata: {labels: {app: cache}}
          spec:
            nodeSelector: {disk: ssd}
            containers: [{name: cache, image: "registry.example/cache:1"}]
      """
    かつ すべてのPodの準備が完了している

  シナリオアウトライン: <何が>と、ノードが失ったラベルをPodは問われる
    もし ノード"node-1"のラベル"disk"を"hdd"に変える
    かつ 5分が経過する
    ならば どの時点でも"app=cache"に一致する準備が完了したPodがちょうど1個である
    もし <何が>
    かつ 2分が経過する
    ならば "app=cache"に一致するPodのうちちょうど1個が失敗している
    かつ "app=cache"に一致するPodのうちちょうど1個が保留中である
    かつ "app=cache"に一致するPodに"didn't match Pod's node affinity/selector"を含むイベント"NodeAffinity"が記録されている
    もし "kubectl get node node-1 -o jsonpath={.metadata.labels.disk}"を実行する
    ならば 出力は次のとおりである:
      """
      hdd
      """
    例:
      | 何が                            |
      | ノード"node-1"のkubeletが再起動する |
      | ノード"node-1"が20秒で再起動する    |

  シナリオ: 受け入れられなかったPodは動き続けない
    もし ノード"node-1"のラベル"disk"を"hdd"に変える
    かつ ノード"node-1"のkubeletが再起動する
    かつ 10秒が経過する
    ならば "app=cache"に一致する応答中のPodがちょうど0個である
    もし 1分が経過する
    ならば すべての不変条件が成り立つ

  シナリオ: フィーチャーゲートは、コンテナが動いているPodを見逃す
    前提 クラスター設定"notEvictPodOnKubeletRestart"は"true"である
    もし ノード"node-1"のラベル"disk"を"hdd"に変える
    かつ 1分間、ノード"node-1"のkubeletが停止する
    かつ 2分が経過する
    ならば どの時点でも"app=cache"に一致する応答中のPodがちょうど1個である
    かつ ある時点でノード"node-1"の状態が不明である
    かつ Node"node-1"のフィールド".metadata.labels.disk"が"hdd"である

  シナリオ: 手作業でノードを決めたPodも、NoExecuteのtaintがあれば受け入れられない
    もし "kubectl taint node node-2 dedicated=batch:NoExecute"を実行する
    かつ 次のマニフェスト:
      """
      apiVersion: v1
      kind: Pod
      metadata: {name: stray}
      spec: {nodeName: node-2, containers: [{name: stray, image: "registry.example/stray:1"}]}
      """
    かつ 5秒が経過する
    ならば Pod"stray"に"had taints that the pod didn't tolerate"を含むイベント"TaintToleration"が記録されている
