Feature: CronJobs

  A CronJob makes a Job each time its schedule says so, in the time zone it names.

  Scenario: a Job a minute, of which the last three are kept
    Given a cluster with 2 nodes
    When I run "kubectl create cronjob hello --image=busybox --schedule='*/1 * * * *' -- echo hello"
    And 6 minutes pass
    And 30 seconds pass
    And I run "kubectl get jobs"
    Then the output is:
      """
      NAME             STATUS     COMPLETIONS   DURATION   AGE
      hello-29460064   Complete   1/1           3s         2m30s
      hello-29460065   Complete   1/1           3s         90s
      hello-29460066   Complete   1/1           3s         30s
      """
    And an event "SawCompletedJob" is recorded for cron job "hello"
    When I run "kubectl create job by-hand --from=cronjob/hello"
    Then within 1 minute job "by-hand" has condition "Complete" "True"

  Scenario: nothing overlaps where that is forbidden, though the controller manager was away
    Given a cluster with 2 nodes
    And the manifest:
      """
      apiVersion: batch/v1
      kind: CronJob
      metadata: {name: backup}
      spec:
        schedule: "*/2 * * * *"
        concurrencyPolicy: Forbid
        jobTemplate:
          spec:
            template:
              spec:
                restartPolicy: Never
                containers:
                  - {name: main, image: busybox, command: [sleep, "150"]}
      """
    When 1 minute passes
    Then cron job "backup" has 0 active jobs
    When 4 minutes pass
    Then cron job "backup" has scheduled a job
    And cron job "backup" has 1 active job
    And an event "JobAlreadyActive" is recorded for cron job "backup"
    When the controller manager is down for 4 hours
    And 5 hours pass
    Then an event "TooManyMissedTimes" is recorded for cron job "backup"
    And all invariants hold

  Scenario: the clock is waited for, and the controller manager is away when a run is due
    Given a cluster with 2 nodes
    When I run "kubectl create cronjob nightly --image=busybox --schedule='0 3 * * *' -- sleep 60"
    And the clock reaches "2026-01-06T02:59:30Z"
    And the controller manager is down for 5 minutes
    And 5 minutes pass
    Then cron job "nightly" has started 0 jobs
    And within 10 seconds cron job "nightly" has started 1 job
    And within 2 minutes job "nightly-29461140" is complete
    And job "nightly-29461140" took at most 75 seconds
