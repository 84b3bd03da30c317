# language: ja
機能: カスタムリソースの形は作者しだいである
  Kubernetes自身のワークロードがselectorやtemplateと呼ぶものは、カスタムリソースでは文字列でもリストでもかまわない。

  シナリオ: selectorとtemplateが文字列のリソースも、台数の変更と取得ができる
    前提 2台のノードを持つクラスター
    かつ 次のマニフェスト:
      """
      apiVersion: apiextensions.k8s.io/v1
      kind: CustomResourceDefinition
      metadata: {name: fleets.game.example.com}
      spec:
        group: game.example.com
        scope: Namespaced
        names: {plural: fleets, kind: Fleet}
        versions:
          - name: v1
            served: true
            storage: true
            subresources: {status: {}, scale: {specReplicasPath: .spec.replicas, statusReplicasPath: .status.replicas}}
            schema: {openAPIV3Schema: {type: object, x-kubernetes-preserve-unknown-fields: true}}
      ---
      apiVersion: game.example.com/v1
      kind: Fleet
      metadata: {name: ships}
      spec: {replicas: 2, selector: "app=ship", template: small}
      """
    もし "kubectl scale fleet ships --replicas=5"を実行する
    ならば Fleet"ships"のフィールド".spec.replicas"が"5"である
