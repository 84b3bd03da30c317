# language: ja
機能: どこにも入れないPodを探す
  レプリカがいくつ求められても、それぞれに入るノードがある。

  背景:
    前提 次のノードを持つクラスター:
      | name   | zone   |
      | node-1 | zone-a |
      | node-2 | zone-a |
      | node-3 | zone-b |

  シナリオアウトライン: <manifests>で、レプリカ数が変わる
    前提 "<manifests>"のマニフェスト
    かつ すべてのPodの準備が完了している
    もし 2分以内に次の障害のうち任意の1個から2個が起きる:
      | fault     | target         | replicas | for |
      | PodDelete | app=web        |          |     |
      | Scale     | deployment web | 5        | 2m  |
      | Scale     | deployment web | 6        | 2m  |
    ならば 次のことは一度も起きない:"app=web"に一致するPodにイベント"FailedScheduling"が記録されている

    @expect-failure
    例: 当時のまま
      | manifests      |
      | as-it-was.yaml |

    例: 対策の後
      | manifests  |
      | fixed.yaml |
