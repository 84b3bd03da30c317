# language: ja
機能: 応答しないアドミッションWebhook
  failurePolicyがFailで、Podについて尋ねられるWebhookが停止すると、その間、Podを作るコントローラーはすべて止まる。

  背景:
    前提 2台のノードを持つクラスター
    かつ 次のマニフェスト:
      """
      apiVersion: admissionregistration.k8s.io/v1
      kind: ValidatingWebhookConfiguration
      metadata:
        name: check
      webhooks:
        - name: pods.check.example.com
          clientConfig:
            url: https://check.example.com/pods
          rules:
            - apiGroups: [""]
              apiVersions: [v1]
              operations: [CREATE]
              resources: [pods]
          failurePolicy: Fail
          sideEffects: None
          timeoutSeconds: 5
          admissionReviewVersions: [v1]
      """
    かつ アドミッションWebhook"pods.check.example.com"はリクエストを許可する

  シナリオ: 停止している間Podは補われず、復旧すればすべて補われる
    前提 "web.yaml"のマニフェスト
    かつ すべてのPodの準備が完了している
    もし 3分間、アドミッションWebhook"pods.check.example.com"が停止する
    かつ "app=web"に一致する1個のPodを削除する
    かつ 2分が経過する
    ならば Deployment"web"の3個中2個のレプリカが利用可能である
    かつ 10分以内にDeployment"web"の3個中3個のレプリカが利用可能である

  シナリオ: タイムアウトより遅い応答は、停止と同じである
    もし 1分間、アドミッションWebhook"pods.check.example.com"の応答が6秒遅れる
    かつ "kubectl run web --image=nginx:1.27"を実行する
    ならば コマンドが"context deadline exceeded"というエラーで失敗する
    もし 2分が経過する
    かつ "kubectl run web --image=nginx:1.27"を実行する
    ならば 出力に"pod/web created"が含まれる
    かつ すべてのPodの準備が完了している
