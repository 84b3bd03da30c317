# language: ja
機能: 誰に何が許されているかを尋ねるポリシー
  ポリシーの式は、APIサーバー自身と同じように認可の仕組みに尋ねる。

  シナリオ: 承認できる人だけが、承認済みの印を付けられる
    前提 1台のノードを持つクラスター
    かつ 次のマニフェスト:
      """
      apiVersion: admissionregistration.k8s.io/v1
      kind: ValidatingAdmissionPolicy
      metadata:
        name: approvals
      spec:
        matchConstraints:
          resourceRules:
            - apiGroups: [""]
              apiVersions: ["v1"]
              operations: ["CREATE", "UPDATE"]
              resources: ["configmaps"]
        validations:
          - expression: >-
              !has(object.metadata.labels) || !('approved' in object.metadata.labels) ||
              authorizer.group('shop.example.com').resource('things').namespace(object.metadata.namespace)
              .check('approve').allowed()
            message: 承認者だけが承認する
      ---
      apiVersion: admissionregistration.k8s.io/v1
      kind: ValidatingAdmissionPolicyBinding
      metadata:
        name: approvals
      spec:
        policyName: approvals
        validationActions: ["Deny"]
      """
    もし "kubectl create rolebinding writers --clusterrole=edit --user=olga"を実行する
    かつ "kubectl create configmap bread --as olga"を実行する
    ならば 出力に"configmap/bread created"が含まれる
    もし "kubectl label configmap bread approved=yes --as olga"を実行する
    ならば コマンドが"承認者だけが承認する"というエラーで失敗する
    もし 次のマニフェスト:
      """
      apiVersion: rbac.authorization.k8s.io/v1
      kind: Role
      metadata:
        name: approver
      rules:
        - apiGroups: ["shop.example.com"]
          resources: ["things"]
          verbs: ["approve"]
      """
    かつ "kubectl create rolebinding approvers --role=approver --user=olga"を実行する
    かつ "kubectl label configmap bread approved=yes --as olga"を実行する
    ならば 出力に"configmap/bread labeled"が含まれる

  シナリオ: ノードとして来た者は、ノードに属するものだけを書ける
    前提 1台のノードを持つクラスター
    もし "kubectl label node node-1 node-role.kubernetes.io/vault=yes --as system:node:node-1 --as-group system:nodes"を実行する
    ならば コマンドが"is not allowed to modify labels: node-role.kubernetes.io/vault"というエラーで失敗する
    もし "kubectl taint node node-1 mine=yes:NoSchedule --as system:node:node-1 --as-group system:nodes"を実行する
    ならば コマンドが'node "node-1" is not allowed to modify taints'というエラーで失敗する
