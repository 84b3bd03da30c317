# language: ja
機能: 自分の持つ権限しか渡せない
  ロールと割り当てを書ける人も、escalateかbindを許されていない限り、自分の持つ権限しか渡せない。

  背景:
    前提 1台のノードを持つクラスター
    かつ "rolemaker.yaml"のマニフェスト

  シナリオ: ロールに書けるのは、自分の持つ権限だけである
    もし "kubectl create role reader --verb=get --resource=pods --as olga"を実行する
    ならば Role"reader"がある
    もし "kubectl create role cleaner --verb=delete --resource=pods --as olga"を実行する
    ならば コマンドが"is attempting to grant RBAC permissions not currently held"というエラーで失敗する

  シナリオ: 割り当てられるのは、自分の持つ権限か、bindを許されたロールだけである
    もし "kubectl create rolebinding viewers --clusterrole=viewer --user=jane --as olga"を実行する
    ならば コマンドが'error: failed to create rolebinding: clusterroles.rbac.authorization.k8s.io "viewer" not found'というエラーで失敗する
    もし "kubectl create clusterrole binder --verb=bind --resource=clusterroles --resource-name=view"を実行する
    かつ "kubectl create clusterrolebinding binder --clusterrole=binder --user=olga"を実行する
    かつ "kubectl create rolebinding viewers --clusterrole=view --user=jane --as olga"を実行する
    ならば 出力に"rolebinding.rbac.authorization.k8s.io/viewers created"が含まれる

  シナリオ: 集約ロールは管理者だけが作れる
    もし "kubectl create clusterrole gatherer --aggregation-rule=team=web --as olga"を実行する
    ならば コマンドが"must have cluster-admin privileges to use the aggregationRule"というエラーで失敗する
