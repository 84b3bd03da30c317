# language: ja
機能: CPUは分け合われる
  コンテナが上限を超えて使おうとする分は待たされる。ノードに余りがなければ、コンテナは要求の割合で分け合う。

  シナリオ: 上限を超えると遅くなる
    前提 1台のノードを持つクラスター
    かつ イメージ"slow"は次のように振る舞う:
      """
      listens: 80
      cpu: {perRequest: 50m}
      """
    かつ 次のマニフェスト:
      """
      apiVersion: v1
      kind: Pod
      metadata: {name: held, labels: {app: held}}
      spec: {containers: [{name: slow, image: slow, ports: [{containerPort: 80}], resources: {limits: {cpu: 100m}}}]}
      ---
      apiVersion: v1
      kind: Service
      metadata: {name: held}
      spec: {selector: {app: held}, ports: [{port: 80}]}
      """
    かつ すべてのPodの準備が完了している
    もし クライアントが"http://held/"に毎秒4件のリクエストを送る
    かつ 30秒が経過する
    かつ "kubectl top pod held"を実行する
    ならば 出力に"100m"が含まれる
