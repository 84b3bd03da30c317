# language: ja
機能: アドミッションWebhook
  APIサーバーは、書き込まれようとするものについて別のプログラムに尋ねる。そのプログラムが応答しないと、
  failurePolicyがFailなら、尋ねられるはずのものは何も書き込めない。

  背景:
    前提 2台のノードを持つクラスター
    かつ "guard.yaml"のマニフェスト
    かつ 名前空間"guard"
    かつ すべてのPodの準備が完了している
    かつ "guard-registration.yaml"のマニフェスト

  シナリオ: 拒否された理由をkubectlが伝える
    前提 アドミッションWebhook"pods.guard.example.com"はリクエストを"今日はだめ"と言って拒否する
    もし "kubectl run web --image=nginx:1.27"を実行する
    ならば コマンドが"denied the request: 今日はだめ"というエラーで失敗する

  シナリオ: Podがすべて失われたWebhookは、自分のPodも作れない
    もし "kubectl scale deployment guard --replicas=0"を実行する
    かつ 1分が経過する
    かつ "kubectl scale deployment guard --replicas=1"を実行する
    かつ 5分が経過する
    ならば Deployment"guard"の1個中0個のレプリカが利用可能である
    もし "kubectl run web --image=nginx:1.27"を実行する
    ならば コマンドが"connect: connection refused"というエラーで失敗する
