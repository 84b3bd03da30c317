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

  シナリオ: 作業中のJobに障害が起きても、仕事は最後まで行われる
    前提 次のマニフェスト:
      """
      apiVersion: batch/v1
      kind: Job
      metadata: {name: ledger}
      spec:
        completionMode: Indexed
        completions: 3
        parallelism: 2
        template:
          spec:
            restartPolicy: Never
            terminationGracePeriodSeconds: 2
            containers:
              - {name: main, image: busybox, command: [sleep, "30"]}
      """
    もし 10秒が経過する
    かつ Job"ledger"のPodの1つが終了コード1で失敗する
    かつ 5秒が経過する
    ならば Job"ledger"のPodのうちちょうど1個が実行中である
    かつ Job"ledger"のPodのうち1個が失敗している
    もし 1分間、誰かがJob"ledger"を一時停止する
    ならば 30秒以内にJob"ledger"が理由"JobSuspended"で一時停止している
    かつ 5分以内にJob"ledger"が理由"CompletionsReached"で完了している
    かつ Job"ledger"の成功したインデックスが"0-2"である
    かつ どの時点でもJob"ledger"のPodのうち2個以下が実行中である

  シナリオ: 一時停止されたCronJobは、過ぎた時刻のうち最後の1回だけを補う
    前提 次のマニフェスト:
      """
      apiVersion: batch/v1
      kind: CronJob
      metadata: {name: hello}
      spec:
        schedule: "* * * * *"
        jobTemplate:
          spec:
            template:
              spec:
                restartPolicy: Never
                containers:
                  - {name: main, image: busybox, command: [sleep, "5"]}
      """
    もし 誰かがCronJob"hello"を一時停止する
    かつ 3分が経過する
    ならば CronJob"hello"がちょうど0個のJobを起動している
    もし 次を実行する:
      """
      kubectl patch cronjob hello -p '{"spec":{"suspend":false}}'
      """
    ならば 10秒以内にCronJob"hello"がちょうど1個のJobを起動している

  シナリオ: 時刻を待ち、起動の時刻にコントローラーマネージャーがいない
    もし "kubectl create cronjob nightly --image=busybox --schedule='0 3 * * *' -- sleep 60"を実行する
    かつ 時計が"2026-01-06T02:59:30Z"になる
    かつ 5分間コントローラーマネージャーが停止する
    かつ 5分が経過する
    ならば CronJob"nightly"が0個のJobを起動している
    かつ 10秒以内にCronJob"nightly"が1個のJobを起動している
    かつ 2分以内にJob"nightly-29461140"が完了している
    かつ Job"nightly-29461140"の所要時間が75秒以内である
