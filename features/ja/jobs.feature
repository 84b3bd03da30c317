# language: ja
機能: JobとCronJob
  Jobは、必要な数のPodが成功するか、失敗が多すぎるまで、Podを動かす。

  背景:
    前提 2台のノードを持つクラスター

  シナリオ: 失敗したPodは間隔を空けて作り直され、上限を超えるとJobは失敗に終わる
    前提 次のマニフェスト:
      """
      apiVersion: batch/v1
      kind: Job
      metadata: {name: broken}
      spec:
        backoffLimit: 1
        template:
          spec:
            restartPolicy: Never
            containers:
              - {name: main, image: busybox, command: [sh, -c, exit 3]}
      """
    ならば 10秒以内にJob"broken"がまだ終わっていない
    かつ 2分以内にJob"broken"が失敗に終わっている
    かつ すべての不変条件が成り立つ

  シナリオ: CronJobは毎分Jobを起動する
    前提 次のマニフェスト:
      """
      apiVersion: batch/v1
      kind: CronJob
      metadata: {name: hello}
      spec:
        schedule: "* * * * *"
        timeZone: Asia/Tokyo
        jobTemplate:
          spec:
            template:
              spec:
                restartPolicy: OnFailure
                containers:
                  - {name: main, image: busybox, command: [sleep, "30"]}
      """
    ならば 2分以内にCronJob"hello"の実行中のJobが1個である
    かつ CronJob"hello"がJobを起動している
