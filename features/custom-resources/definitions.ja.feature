# language: ja
機能: カスタムリソース定義が新しい種類をもたらす

  背景:
    前提 1台のノードを持つクラスター
    かつ "definition.yaml"のマニフェスト
    かつ "crontab.yaml"のマニフェスト

  シナリオ: 確立された定義のオブジェクトは、ほかの種類と同じように扱える
    ならば CustomResourceDefinition"crontabs.stable.example.com"のコンディション"Established"が"True"である
    かつ CronTab"nightly"のフィールド".spec.replicas"が"1"である

  シナリオ: 定義の削除は、そのオブジェクトをすべて道連れにする
    もし カスタムリソース定義"crontabs.stable.example.com"を削除する
    かつ 10秒が経過する
    ならば CustomResourceDefinition"crontabs.stable.example.com"がない
