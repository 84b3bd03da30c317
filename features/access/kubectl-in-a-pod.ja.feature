# language: ja
機能: Podの中のkubectl
  多くのクラスターでは、CronJobがkubectlを実行して後片付けをする。使えるのはPodのサービスアカウントの権限だけである。

  背景:
    前提 2台のノードを持つクラスター
    かつ "kubectl-in-a-pod.yaml"のマニフェスト

  シナリオ: 毎晩Deploymentが再起動される
    もし 24時間が経過する
    かつ "kubectl logs -l app=nightly"を実行する
    ならば 出力に"deployment.apps/web restarted"が含まれる
    かつ 出力に"successfully rolled out"が含まれる
    かつ Deployment"web"の2個中2個のレプリカが利用可能である

  シナリオ: 許されないことはKubernetesの言葉で拒否され、Jobは失敗する
    ならば 1分以内にJob"nosy"が失敗に終わっている
    もし "kubectl logs -l app=nosy"を実行する
    ならば 出力に"cannot list resource"が含まれる
