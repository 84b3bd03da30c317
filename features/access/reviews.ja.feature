# language: ja
機能: 権限についての問い合わせ
  誰に何が許されているか。尋ねる人はレビューを作り、答えはその状態に返ってくる。

  背景:
    前提 1台のノードを持つクラスター
    かつ 次のマニフェスト:
      """
      apiVersion: rbac.authorization.k8s.io/v1
      kind: RoleBinding
      metadata:
        name: viewers
      roleRef:
        apiGroup: rbac.authorization.k8s.io
        kind: ClusterRole
        name: view
      subjects:
        - kind: User
          name: bob
      """

  シナリオ: バインディングが許すことは許され、どれが許したかも伝えられる
    もし "kubectl create -f bob-gets-pods.yaml -o yaml"を実行する
    ならば 出力に"allowed: true"が含まれる
    かつ 出力に'RBAC: allowed by RoleBinding "viewers/default" of ClusterRole "view" to'が含まれる

  シナリオ: 権利のない人は、他人について尋ねられない
    もし "kubectl create -f bob-gets-pods.yaml --as bob"を実行する
    ならば コマンドが'cannot create resource "subjectaccessreviews"'というエラーで失敗する

  シナリオ: レビューは答えられるだけで、保存されない
    もし "kubectl get subjectaccessreviews"を実行する
    ならば コマンドが"the server does not allow this method on the requested resource"というエラーで失敗する

  シナリオ: 足りないものはロールに加わり、頼まれないかぎり何も取り上げられない
    もし "kubectl create role reader --verb=get --resource=pods"を実行する
    かつ "kubectl auth reconcile -f reader.yaml"を実行する
    ならば 出力に"role.rbac.authorization.k8s.io/reader reconciled"が含まれる
    もし "kubectl get role reader -o jsonpath={.rules[*].verbs[*]}"を実行する
    ならば 出力は次のとおりである:
      """
      get list
      """
    もし "kubectl auth reconcile -f reader.yaml --remove-extra-permissions"を実行する
    かつ "kubectl get role reader -o jsonpath={.rules[*].verbs[*]}"を実行する
    ならば 出力は次のとおりである:
      """
      list
      """
