# language: ja
機能: カスタムリソースの定義が削除される
  定義を削除すれば、そのリソースのオブジェクトもすべて削除される。

  シナリオ: finalizerの残るオブジェクトは、定義を引き留める
    前提 1台のノードを持つクラスター
    かつ "../custom-resources/definition.yaml"のマニフェスト
    かつ "../custom-resources/crontab.yaml"のマニフェスト
    かつ 次を実行する:
      """
      kubectl patch ct nightly --type=merge -p '{"metadata":{"finalizers":["example.com/hold"]}}'
      """
    もし カスタムリソース定義"crontabs.stable.example.com"を削除する
    かつ 10秒が経過する
    ならば CustomResourceDefinition"crontabs.stable.example.com"のコンディション"Terminating"が理由"InstanceDeletionInProgress"で"True"である
    かつ CronTab"nightly"がある
    もし 次を実行する:
      """
      kubectl patch ct nightly --type=merge -p '{"metadata":{"finalizers":null}}'
      """
    ならば 10秒以内にCustomResourceDefinition"crontabs.stable.example.com"がない
