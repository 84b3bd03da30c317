# language: ja
機能: クラッシュを繰り返すPodが退避できない
  ノードを空けようとしています。その上のPodはクラッシュを繰り返し、健全なものがないため、予算は中断を許しません。
  いなくなっても誰も困らないPodをdrainが待ち続け、ノードの更新もオートスケーラーも一緒に待たされます。

  背景:
    前提 2台のノードを持つクラスター
    かつ イメージ"shop:1"は次のように振る舞う:
      """
      startup: 5s
      exits: {after: 2s, code: 1}
      """

  シナリオアウトライン: クラッシュしているPodのあるノードをdrainする
    前提 "<manifests>"のマニフェスト
    かつ 3分が経過する
    もし ノード"node-1"を、完了を待たずにdrainする
    ならば 10分以内にノード"node-1"のdrainが終わっている

    @expect-failure
    例: 当時のまま
      | manifests      |
      | as-it-was.yaml |

    例: 対策の後
      | manifests  |
      | fixed.yaml |
