# language: ja
機能: 終わりなく退避され、作り直されるPodを探す
  何が起きても、taintのために退避されるだけのPodが作られることはない。

  背景:
    前提 次のノードを持つクラスター:
      | name   | taints                |
      | node-1 | key1=value1:NoExecute |
      | node-2 |                       |

  @runs:10
  シナリオアウトライン: 初めからノードにtaintがある、<manifests>
    前提 "<manifests>"のマニフェスト
    かつ 10秒が経過する
    もし 1分以内に次の障害のうち任意の1個から1個が起きる:
      | fault                 | target   | for |
      | SchedulerDown         |          | 10s |
      | ControllerManagerDown |          | 10s |
      | PodDelete             | app=wk03 |     |
    かつ 10秒が経過する
    ならば 次のことは一度も起きない:"app=wk03"に一致するPodにイベント"TaintManagerEviction"が記録されている

    @expect-failure
    例: 当時のまま
      | manifests      |
      | as-it-was.yaml |

    例: 対策の後
      | manifests  |
      | fixed.yaml |
