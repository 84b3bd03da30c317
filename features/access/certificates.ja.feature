# language: ja
機能: 人のための証明書
  鍵を持つ人が証明書を要求し、管理者が承認し、コントローラーが署名すると、その人は割り当てられた権限を持つユーザーになる。

  シナリオ: 承認された要求は署名され、持ち主が認証される
    前提 1台のノードを持つクラスター
    もし "kubectl apply -f jane.yaml"を実行する
    かつ "kubectl certificate approve jane"を実行する
    かつ 2秒が経過する
    かつ "kubectl get csr jane"を実行する
    ならば 出力に"Approved,Issued"が含まれる
    もし "kubectl get pods --user jane"を実行する
    ならば コマンドが"pods is forbidden"というエラーで失敗する
    もし "kubectl create rolebinding readers --clusterrole=view --group=devs"を実行する
    かつ "kubectl get pods --user jane"を実行する
    ならば 出力に"No resources found in default namespace."が含まれる

  シナリオ: 有効期限の切れた証明書では認証されず、新しい証明書で再び認証される
    前提 1台のノードを持つクラスター
    もし "kubectl create rolebinding readers --clusterrole=view --group=devs"を実行する
    かつ "kubectl apply -f jane.yaml -f jane-for-an-hour.yaml"を実行する
    かつ "kubectl certificate approve jane-for-an-hour"を実行する
    かつ 55分が経過する
    かつ "kubectl get pods --user jane"を実行する
    ならば 出力に"No resources found in default namespace."が含まれる
    もし 10分が経過する
    かつ "kubectl get pods --user jane"を実行する
    ならば コマンドが"error: You must be logged in to the server (Unauthorized)"というエラーで失敗する
    もし "kubectl certificate approve jane"を実行する
    かつ 2秒が経過する
    かつ "kubectl get pods --user jane"を実行する
    ならば 出力に"No resources found in default namespace."が含まれる
