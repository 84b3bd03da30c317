# language: ja
機能: ほかのユーザーとして振る舞う
  ほかのユーザーになろうとする人は、ユーザー、グループ、付加情報の値のそれぞれについて、許可があるかを問われる。

  背景:
    前提 1台のノードを持つクラスター
    かつ "kubectl apply -f impersonator.yaml"を実行する

  シナリオ: 管理者はだれにでもなれる
    もし "kubectl auth whoami --as jane --as-group devs --as-user-extra scopes=view --as-user-extra scopes=edit"を実行する
    ならば 出力に次が含まれる:
      """
      Username        jane
      Groups          [devs system:authenticated]
      Extra: scopes   [view edit]
      """

  シナリオ: ほかの人は許されたものにだけなれ、権限もその範囲に限られる
    もし "kubectl get pods --token=$(kubectl create token robot) --as jane --as-group devs --as-user-extra scopes=view"を実行する
    ならば コマンドが'pods is forbidden: User "jane" cannot list resource "pods"'というエラーで失敗する
    もし "kubectl get pods --token=$(kubectl create token robot) --as jane --as-user-extra scopes=edit"を実行する
    ならば コマンドが'cannot impersonate resource "userextras/scopes" in API group "authentication.k8s.io"'というエラーで失敗する
