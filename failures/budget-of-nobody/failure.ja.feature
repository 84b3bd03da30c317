# language: ja
機能: 誰も選ばない予算
  Podには(kubectlがかつて付けた)runというラベルがあり、予算はappを選んでいます。拒否も警告もなく、何も守られません。2台をdrainすると両方のPodが一度に消えます。

  背景:
    前提 次のノードを持つクラスター:
      | name | labels |
      | node-1 | room=old |
      | node-2 | room=old |
      | node-3 | room=new |
    かつ ノード"node-3"をcordonする

  シナリオアウトライン: 両方のノードをdrainする
    前提 "<manifests>"のマニフェスト
    かつ すべてのPodの準備が完了している
    かつ ノード"node-3"をuncordonする
    もし "room=old"に一致するすべてのノードを、完了を待たずにdrainする
    ならば 10分以内にノード"node-1"のdrainが終わっている
    かつ 10分以内にノード"node-2"のdrainが終わっている
    かつ 5分以内にDeployment"my-nginx"の2個中2個のレプリカが利用可能である
    かつ どの時点でも"run=my-nginx"に一致するPodのうち少なくとも1個が利用可能である

    @expect-failure
    例: 当時のまま
      | manifests      |
      | as-it-was.yaml |

    例: 対策の後
      | manifests  |
      | fixed.yaml |
