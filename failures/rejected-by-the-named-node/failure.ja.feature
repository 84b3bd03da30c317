# language: ja
機能: 名指しされたノードに拒まれ、また作られる
  テンプレートがノードを名指しし、スケジューラーを通りません。そのノードには同じホストポートのPodをもう1個置く余地がなく、kubeletが拒むとPodは失敗します。ReplicaSetは次のPodを作り、また次を作ります。

  背景:
    前提 2台のノードを持つクラスター

  シナリオアウトライン: ノードには2個のうち1個の余地しかない
    前提 "<manifests>"のマニフェスト
    もし 2分が経過する
    ならば "app=nginx"に一致する失敗したPodが2個以下である
    かつ Deployment"nginx"の2個中2個のレプリカが利用可能である

    @expect-failure
    例: 当時のまま
      | manifests      |
      | as-it-was.yaml |

    例: 対策の後
      | manifests  |
      | fixed.yaml |
