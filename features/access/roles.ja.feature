# language: ja
機能: 誰に何が許されるか
  ロールが割り当てられるまで、ユーザーには誰にでもある権限しかない。

  背景:
    前提 1台のノードを持つクラスター
    かつ 名前空間"shop"
    かつ グループ"dev"のユーザー"bob"
    かつ ユーザー"ann"

  シナリオ: Podは一覧できるがSecretは取得できないユーザー
    もし "kubectl create role reader --verb=get,list,watch --resource=pods -n shop"を実行する
    かつ "kubectl create rolebinding readers --role=reader --group=dev -n shop"を実行する
    かつ "kubectl create secret generic password --from-literal=word=tide -n shop"を実行する
    かつ "kubectl get secret password -n shop"を実行する
    ならば 出力に"Opaque"が含まれる
    もし ユーザー"bob"として"kubectl get pods -n shop"を実行する
    ならば 出力に"No resources found in shop namespace."が含まれる
    もし ユーザー"bob"として"kubectl get secret password -n shop"を実行する
    ならば コマンドが次のエラーで失敗する:
      """
      Error from server (Forbidden): secrets "password" is forbidden: User "bob" cannot get resource "secrets" in API group "" in the namespace "shop"
      """

  シナリオ: 有効な資格情報のない者は通さない
    もし "kubectl get pods --token=guessed"を実行する
    ならば コマンドが"error: You must be logged in to the server (Unauthorized)"というエラーで失敗する

  シナリオ: 何が許されるかを尋ねる
    もし "kubectl create clusterrolebinding ann-views --clusterrole=view --user=ann"を実行する
    かつ "kubectl auth can-i list deployments.apps --as=ann"を実行する
    ならば 出力は次のとおりである:
      """
      yes
      """
    もし ユーザー"ann"として"kubectl auth can-i get secrets"を実行する
    ならば コマンドが"no"というエラーで失敗する
    もし ユーザー"bob"として"kubectl auth whoami"を実行する
    ならば 出力は次のとおりである:
      """
      ATTRIBUTE   VALUE
      Username    bob
      Groups      [dev system:authenticated]
      """

  シナリオ: 自分が持たない権限は誰にも与えられない
    もし "kubectl create rolebinding ann-edits --clusterrole=admin --user=ann -n shop"を実行する
    かつ ユーザー"ann"として"kubectl create role pods --verb=list --resource=pods -n shop"を実行する
    ならば 出力に"role.rbac.authorization.k8s.io/pods created"が含まれる
    もし ユーザー"ann"として"kubectl create role nodes --verb=list --resource=resourcequotas --verb=delete -n shop"を実行する
    ならば コマンドが"is attempting to grant RBAC permissions not currently held"というエラーで失敗する

  シナリオ: サービスアカウントには割り当てられた権限がある
    もし "kubectl create serviceaccount robot -n shop"を実行する
    かつ "kubectl create rolebinding robots --clusterrole=view --serviceaccount=shop:robot -n shop"を実行する
    かつ "kubectl auth can-i list pods -n shop --as=system:serviceaccount:shop:robot"を実行する
    ならば 出力に"yes"が含まれる
    もし "kubectl get serviceaccount robot -n shop -o name"を実行する
    ならば 出力に"serviceaccount/robot"が含まれる

  シナリオ: 名前空間のdefaultサービスアカウントは作り直される
    もし 5秒が経過する
    かつ "kubectl delete serviceaccount default -n shop"を実行する
    ならば ServiceAccount"shop/default"がない
    もし 5秒が経過する
    かつ "kubectl get serviceaccounts -n shop -o name"を実行する
    ならば 出力は次のとおりである:
      """
      serviceaccount/default
      """

  シナリオ: kubeletが読めるのは自分のPodが参照するものだけである
    もし "kubectl create secret generic password --from-literal=word=tide -n shop"を実行する
    かつ "kubectl get secret password -n shop --as=system:node:node-1 --as-group=system:nodes"を実行する
    ならば コマンドが"no relationship found between node 'node-1' and this object"というエラーで失敗する
    もし 次のマニフェスト:
      """
      apiVersion: v1
      kind: Pod
      metadata: {name: reader, namespace: shop}
      spec:
        nodeName: node-1
        containers: [{name: main, image: nginx, envFrom: [{secretRef: {name: password}}]}]
      """
    かつ "kubectl get secret password -n shop -o name --as=system:node:node-1 --as-group=system:nodes"を実行する
    ならば 出力に"secret/password"が含まれる
    かつ すべてのPodの準備が完了している
