# language: ja
機能: Webhookがなければ、カスタムリソースのバージョンの違いは名前だけである
  リクエストには、それが書かれたバージョンのスキーマで既定値が入り、余分なフィールドが除かれ、検証が行われる。
  オブジェクトは保存バージョンの名前で保存され、そのスキーマにないフィールドは失われる。失われたものは、
  どのバージョンで読んでも戻らない。

  背景:
    前提 1台のノードを持つクラスター
    かつ "in-name-alone.yaml"のマニフェスト
    かつ 次のマニフェスト:
      """
      apiVersion: watch.example.com/v1beta1
      kind: Alarm
      metadata: {name: old}
      spec: {query: up == 0, expression: rate(errors)}
      """

  シナリオ: それぞれのバージョンが自分のスキーマで検証される
    もし 次を実行する:
      """
      kubectl patch alarms.v1beta1.watch.example.com old --type=merge -p '{"spec":{"repeat":7}}'
      """
    ならば コマンドが"spec.repeat: Invalid value: 7: spec.repeat in body should be less than or equal to 5"というエラーで失敗する
    もし 次を実行する:
      """
      kubectl patch alarms.v1.watch.example.com old --type=merge -p '{"spec":{"repeat":7}}'
      """
    ならば 出力は次のとおりである:
      """
      alarm.watch.example.com/old patched
      """

  シナリオ: 保存バージョンにないフィールドは、誰にも知らされずに失われる
    もし "kubectl get alarms.v1beta1.watch.example.com old -o jsonpath={.apiVersion}:{.spec}"を実行する
    ならば 出力は次のとおりである:
      """
      watch.example.com/v1beta1:{"query":"up == 0","repeat":3}
      """
