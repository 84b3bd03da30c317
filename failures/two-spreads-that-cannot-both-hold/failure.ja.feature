# language: ja
機能: どこにも入れない6個目のPod
  Podをゾーンにもノードにも差が1以下になるように分散させますが、一方のゾーンにはノードが2台、もう一方には1台しかありません。5個までは両方を守れます。6個目は小さいゾーンに置くしかありませんが、その唯一のノードにはすでに多すぎます。

  背景:
    前提 次のノードを持つクラスター:
      | name   | zone   |
      | node-1 | zone-a |
      | node-2 | zone-a |
      | node-3 | zone-b |

  シナリオアウトライン: 6個のレプリカが求められる
    前提 "<manifests>"のマニフェスト
    かつ すべてのPodの準備が完了している
    もし Deployment"web"を6個にスケールする
    ならば 2分以内に"app=web"に一致するPodのうち6個の準備が完了している

    @expect-failure
    例: 当時のまま
      | manifests      |
      | as-it-was.yaml |

    例: 対策の後
      | manifests  |
      | fixed.yaml |
