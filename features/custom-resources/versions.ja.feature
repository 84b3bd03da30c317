# language: ja
機能: Webhookがカスタムリソースをバージョンの間で変換する
  etcdは各オブジェクトを1つのバージョン(保存バージョン)で持つ。ほかのバージョンを求められたAPIサーバーは、定義のWebhookに
  変換を頼む。それが応答しないあいだ、変換の要るオブジェクトは誰にも手に入らない。

  背景:
    前提 2台のノードを持つクラスター
    かつ カスタムリソース定義"servers.net.example.com"の変換Webhookは次のように振る舞う:
      """
      conversions:
        - from: v1beta1
          to: v1
          moves:
            spec.replicas: spec.scale.replicas
          sets:
            spec.host: object.spec.hostPort.split(':')[0]
            spec.port: object.spec.hostPort.split(':')[1]
          drops: [spec.hostPort]
        - from: v1
          to: v1beta1
          moves:
            spec.scale.replicas: spec.replicas
          sets:
            spec.hostPort: object.spec.host + ':' + object.spec.port
          drops: [spec.host, spec.port, spec.scale]
      """
    かつ "versions.yaml"のマニフェスト
    かつ すべてのPodの準備が完了している
    かつ "server.yaml"のマニフェスト

  シナリオ: あるバージョンで書いたものを、別のバージョンで読む
    もし "kubectl get servers"を実行する
    ならば 出力は次のとおりである:
      """
      NAME   HOST               PORT
      mail   mail.example.com   25
      """
    もし "kubectl get servers.v1beta1.net.example.com mail -o jsonpath={.spec.hostPort}"を実行する
    ならば 出力は次のとおりである:
      """
      mail.example.com:25
      """

  シナリオ: 停止しているあいだは、保存されたバージョンでしか読めない
    もし カスタムリソース定義"servers.net.example.com"の変換Webhookが停止する
    かつ "kubectl get servers"を実行する
    ならば コマンドが"conversion webhook for net.example.com/v1beta1, Kind=Server failed"というエラーで失敗する
    もし "kubectl get servers.v1beta1.net.example.com mail -o name"を実行する
    ならば 出力は次のとおりである:
      """
      server.net.example.com/mail
      """
