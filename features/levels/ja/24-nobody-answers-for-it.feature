# language: ja
@level @commands:1
機能: 答える者がいない
  Podを作る前に尋ねなければならないポリシーエンジンが止まっていて、欠けたPodが戻れません。直るまでは尋ねずに作ってかまいません。戻れば、また尋ねられるようにしておいてください。

  背景:
    前提 2台のノードを持つクラスター
    かつ 次のマニフェスト:
      """
      apiVersion: apps/v1
      kind: StatefulSet
      metadata:
        name: web
      spec:
        replicas: 2
        selector:
          matchLabels:
            app: web
        serviceName: web
        template:
          metadata:
            labels:
              app: web
          spec:
            containers:
              - name: nginx
                image: nginx:1.12
                ports:
                  - containerPort: 80
                readinessProbe:
                  httpGet:
                    path: /
                    port: 80
                  periodSeconds: 2
      ---
      apiVersion: admissionregistration.k8s.io/v1
      kind: ValidatingWebhookConfiguration
      metadata:
        name: policy
      webhooks:
        - name: policy.example.com
          clientConfig:
            url: https://policy.example.com/pods
          rules:
            - apiGroups: [""]
              apiVersions: ["v1"]
              operations: ["CREATE"]
              resources: ["pods"]
          failurePolicy: Fail
          sideEffects: None
          timeoutSeconds: 5
          admissionReviewVersions: ["v1"]
      """
    かつ すべてのPodの準備が完了している
    かつ 2時間、アドミッションWebhook"policy.example.com"が停止する
    かつ Pod"web-1"を削除する
    かつ 1分が経過する

  @hint
  シナリオ: セットは、なぜPodを作れないかを告げられている
    もし "kubectl describe statefulset web"を実行する
    ならば 出力に"failed calling webhook"が含まれる

  @hint
  シナリオ: failurePolicy: Ignoreは、誰も答えないものを通す
    もし "kubectl get validatingwebhookconfiguration policy -o yaml"を実行する
    ならば 出力に"failurePolicy: Fail"が含まれる

  @solution
  シナリオ: 答えがなくても先へ進む
    もし "kubectl patch validatingwebhookconfiguration policy --type=json -p '[{\"op\":\"replace\",\"path\":\"/webhooks/0/failurePolicy\",\"value\":\"Ignore\"}]'"を実行する
    ならば 30分以内にStatefulSet"web"の2個中2個のレプリカの準備が完了している
    かつ ValidatingWebhookConfiguration"policy"がある
