# language: ja
機能: メンテナンスの後に1台に2個が集まることを探す
  どのノードをメンテナンスしても、2分後には各ノードにPodが1個ある。

  背景:
    前提 3台のノードを持つクラスター

  シナリオアウトライン: <manifests>で、ノードを1分間drainする
    前提 "<manifests>"のマニフェスト
    かつ すべてのPodの準備が完了している
    もし 2分以内に次の障害のうち任意の1個から2個が起きる:
      | fault          | target | for |
      | KubeletRestart | node-1 |     |
      | NodeDrain      | node-2 | 1m  |
      | NodeDrain      | node-3 | 1m  |
    かつ 2分が経過する
    ならば "app=web"に一致するPodがノードごとに1個以下である

    @expect-failure
    例: 当時のまま
      | manifests      |
      | as-it-was.yaml |

    例: 対策の後
      | manifests  |
      | fixed.yaml |
