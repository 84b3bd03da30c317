# language: ja
@level @commands:2
機能: 積み重なった仕事
  レポートは毎分作られますが、今では30分かかります。どれも前のものと並んで始まります（digitalocean/clusterlint#95）。これからは一度に一つだけにしてください。動いているものはもう要りません。

  背景:
    前提 2台のノードを持つクラスター
    かつ 次のマニフェスト:
      """
      apiVersion: batch/v1
      kind: CronJob
      metadata:
        name: report
      spec:
        schedule: "* * * * *"
        jobTemplate:
          spec:
            template:
              metadata:
                labels:
                  app: report
              spec:
                restartPolicy: Never
                containers:
                  - name: report
                    image: busybox
                    command: ["sleep", "1800"]
                    resources:
                      requests:
                        cpu: 500m
      """
    かつ 8分が経過する

  @hint
  シナリオ: 並んで動いている
    もし "kubectl get jobs"を実行する
    ならば 出力に"Running"が含まれる

  @hint
  シナリオ: concurrencyPolicy: Forbidなら、実行中は次の回を飛ばす
    もし "kubectl get cronjob report -o yaml"を実行する
    ならば 出力に"concurrencyPolicy: Allow"が含まれる

  @solution
  シナリオ: 禁止してから片付ける
    もし "kubectl patch cronjob report -p '{\"spec\":{\"concurrencyPolicy\":\"Forbid\"}}'"を実行する
    かつ "kubectl delete jobs --all"を実行する
    ならば 5分以内にCronJob"report"の実行中のJobが1個である
    かつ CronJob"report"のフィールド".spec.concurrencyPolicy"が"Forbid"である
