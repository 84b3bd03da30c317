# language: ja
機能: 待つkubectl
  コマンドがクラスターを待つ間も時間は進む。クラスターの外で実行しても、コンテナの中で実行しても同じである。

  背景:
    前提 2台のノードを持つクラスター
    かつ 次のマニフェスト:
      """
      apiVersion: v1
      kind: ServiceAccount
      metadata: {name: deployer}
      ---
      apiVersion: rbac.authorization.k8s.io/v1
      kind: RoleBinding
      metadata: {name: deployer}
      roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: edit}
      subjects: [{kind: ServiceAccount, name: deployer}]
      ---
      apiVersion: v1
      kind: Pod
      metadata: {name: tools}
      spec:
        serviceAccountName: deployer
        containers: [{name: tools, image: "bitnami/kubectl:1.36", command: [sleep, infinity]}]
      """
    かつ すべてのPodの準備が完了している

  シナリオ: コンテナの中のスクリプトがロールアウトを最後まで見届ける
    もし "kubectl create deployment web --image=nginx --replicas=3"を実行する
    かつ "kubectl exec tools -- sh -c 'kubectl rollout status deployment/web && echo done'"を実行する
    ならば 出力に次が含まれる:
      """
      deployment "web" successfully rolled out
      done
      """
    もし "kubectl exec tools -- kubectl wait --for=delete deployment/web --timeout=10s"を実行する
    ならば コマンドが"timed out waiting for the condition on deployments/web"というエラーで失敗する

  シナリオ: 強制的な置き換えでは、消えるのを待ってから作り直す
    もし "kubectl run web --image=nginx:1.27 --labels=app=web"を実行する
    かつ すべてのPodの準備が完了している
    かつ "kubectl get pod web -o yaml | sed 's/nginx:1.27/nginx:1.28/' | kubectl replace --force -f -"を実行する
    ならば 出力に次が含まれる:
      """
      pod "web" deleted from default namespace
      pod/web replaced
      """
    かつ 1分以内にPod"web"の準備が完了している
