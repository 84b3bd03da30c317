# language: ja
機能: 二度と読まれない設定
  ConfigMapを変えて適用しても何も起きません。環境変数はコンテナの起動時に渡されるもので、ConfigMapが変わったからといって何も起動し直さないからです。数日後にPodが一つ入れ替わると、二つの設定が混在します。

  背景:
    前提 2台のノードを持つクラスター

  シナリオアウトライン: 設定を変える
    前提 "<before>"のマニフェスト
    かつ すべてのPodの準備が完了している
    もし "<after>"のマニフェスト
    ならば 5分以内にPod"web-0"の環境変数"COLOUR"が"green"である
    かつ 5分以内にStatefulSet"web"の2個中2個のレプリカの準備が完了している

    @expect-failure
    例: 当時のまま
      | before         | after        |
      | as-it-was.yaml | changed.yaml |

    例: 対策の後
      | before     | after                  |
      | fixed.yaml | fixed-and-changed.yaml |
