# language: ja
機能: 所有者を名乗らせてよいのは誰か
  オブジェクトは所有者とともに消える。OwnerReferencesPermissionEnforcementが有効なら、所有者を書けるのは
  そのオブジェクトを自分で削除できる人だけである。

  背景:
    前提 1台のノードを持つクラスター
    かつ クラスター設定"ownerReferencesPermissionEnforcement"は"true"である

  シナリオ: 削除する権利のない人は、所有者を書けない
    もし "kubectl create role writer --verb=create,get --resource=configmaps"を実行する
    かつ "kubectl create rolebinding writer --role=writer --user=olga"を実行する
    かつ "kubectl create -f owners.yaml --as olga"を実行する
    ならば コマンドが"cannot set an ownerRef on a resource you can't delete"というエラーで失敗する
