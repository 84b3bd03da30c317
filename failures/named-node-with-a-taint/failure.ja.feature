# language: ja
機能: 終わりなく退避され、作り直される
  テンプレートがノードを名指ししているため、スケジューラーも、それが気にかけるはずのtaintも素通りします。ノードにtaintが付くと、Podは退避され、ReplicaSetが同じノードに作り直し、また退避されます。

  背景:
    前提 2台のノードを持つクラスター

  シナリオアウトライン: ノードにtaintが付く
    前提 "<manifests>"のマニフェスト
    かつ すべてのPodの準備が完了している
    もし "kubectl taint nodes node-1 key1=value1:NoExecute"を実行する
    かつ 1分が経過する
    ならば 1分間ずっとDeployment"wk03"の1個中1個のレプリカが利用可能である
    かつ ノード"node-1"のフィールド".spec.taints[0].key"が"key1"である

    @expect-failure
    例: 当時のまま
      | manifests      |
      | as-it-was.yaml |

    例: 対策の後
      | manifests  |
      | fixed.yaml |
