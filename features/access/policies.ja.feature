# language: ja
機能: 検証と変更のアドミッションポリシー
  ポリシーはAPIサーバーが拒否するもの、書き換えるものを式で述べる。バインディングは、それがどこで効くか、拒否するのか
  警告するのかを述べる。

  背景:
    前提 1台のノードを持つクラスター
    かつ 次のマニフェスト:
      """
      apiVersion: admissionregistration.k8s.io/v1
      kind: ValidatingAdmissionPolicy
      metadata:
        name: few-replicas
      spec:
        matchConstraints:
          resourceRules:
            - apiGroups: [apps]
              apiVersions: [v1]
              operations: [CREATE, UPDATE]
              resources: [deployments]
        validations:
          - expression: object.spec.replicas <= 5
            messageExpression: "'レプリカは5個まで: ' + string(object.spec.replicas)"
      """

  シナリオ: 拒否する
    前提 次のマニフェスト:
      """
      apiVersion: admissionregistration.k8s.io/v1
      kind: ValidatingAdmissionPolicyBinding
      metadata:
        name: everywhere
      spec:
        policyName: few-replicas
        validationActions: [Deny]
      """
    もし "kubectl create deployment web --image=nginx:1.27 --replicas=6"を実行する
    ならば コマンドが"ValidatingAdmissionPolicy 'few-replicas' with binding 'everywhere' denied request: レプリカは5個まで: 6"というエラーで失敗する
    もし "kubectl create deployment web --image=nginx:1.27 --replicas=2"を実行する
    ならば 出力に"deployment.apps/web created"が含まれる
    # 規則の対象はdeploymentsで、deployments/scaleではない。
    もし "kubectl scale deployment web --replicas=7"を実行する
    ならば 出力に"deployment.apps/web scaled"が含まれる
    かつ すべてのPodの準備が完了している

  シナリオ: 警告する
    前提 次のマニフェスト:
      """
      apiVersion: admissionregistration.k8s.io/v1
      kind: ValidatingAdmissionPolicyBinding
      metadata:
        name: everywhere
      spec:
        policyName: few-replicas
        validationActions: [Warn]
      """
    もし "kubectl create deployment web --image=nginx:1.27 --replicas=6"を実行する
    ならば 出力に"Warning: Validation failed for ValidatingAdmissionPolicy 'few-replicas' with binding 'everywhere': レプリカは5個まで: 6"が含まれる
    かつ すべてのPodの準備が完了している

  シナリオ: 読めないポリシーは拒否される
    ならば 次のマニフェストは"undeclared reference to 'objekt' (in container '')"というエラーで拒否される:
      """
      apiVersion: admissionregistration.k8s.io/v1
      kind: ValidatingAdmissionPolicy
      metadata:
        name: wrong
      spec:
        matchConstraints:
          resourceRules:
            - apiGroups: [apps]
              apiVersions: [v1]
              operations: [CREATE]
              resources: [deployments]
        validations:
          - expression: objekt.spec.replicas <= 5
      """

  シナリオ: 書き込まれるものを書き換える
    前提 "default-owner.yaml"のマニフェスト
    もし "kubectl create deployment web --image=nginx:1.27"を実行する
    かつ "kubectl get deployment web -o jsonpath={.metadata.labels.owner}"を実行する
    ならば 出力は次のとおりである:
      """
      nobody
      """
    かつ すべてのPodの準備が完了している
