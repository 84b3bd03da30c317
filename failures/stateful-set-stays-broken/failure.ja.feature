# language: ja
機能: 元に戻しても治らないStatefulSet
  存在しないイメージを展開してしまいました。テンプレートを元に戻しても何も起きません。一つずつ進むセットは、壊れたPodの準備ができるまで何にも触れないからです。

  背景:
    前提 2台のノードを持つクラスター

  シナリオアウトライン: 誤ったイメージを展開し、元に戻す
    前提 "<manifests>"のマニフェスト
    かつ すべてのPodの準備が完了している
    もし 2分間、StatefulSet"web"に存在しないイメージを展開する
    ならば 10分以内にStatefulSet"web"の3個中3個のレプリカの準備が完了している
    かつ Pod"web-2"にイベント"Failed"が記録されている

    @expect-failure
    例: 当時のまま
      | manifests      |
      | as-it-was.yaml |

    例: 対策の後
      | manifests  |
      | fixed.yaml |
