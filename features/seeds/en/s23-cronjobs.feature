@S23
Feature: S23. Work by the clock: CronJobs
  A CronJob makes a Job each time its schedule says so, named for the minute it is for, so that it is never made twice.

  Background:
    Given a cluster with 2 nodes
    And I run "kubectl apply -f ../manifests/sample-cronjob.yaml"

  Scenario: A Job a minute, of which five are kept
    When 8 minutes pass
    And 30 seconds pass
    Then cron job "sample-cronjob" has started 8 jobs
    And cron job "sample-cronjob" was last scheduled at "2026-01-05T09:08:00Z"
    When I run "kubectl get cronjobs"
    Then the output is:
      """
      NAME             SCHEDULE      TIMEZONE   SUSPEND   ACTIVE   LAST SCHEDULE   AGE
      sample-cronjob   */1 * * * *   <none>     False     0        30s             8m30s
      """
    When I run "kubectl get jobs -o name"
    Then the output is:
      """
      job.batch/sample-cronjob-29460064
      job.batch/sample-cronjob-29460065
      job.batch/sample-cronjob-29460066
      job.batch/sample-cronjob-29460067
      job.batch/sample-cronjob-29460068
      """
    When I run "kubectl describe cronjob sample-cronjob"
    Then the output contains:
      """
      Schedule:                      */1 * * * *
      Concurrency Policy:            Forbid
      Suspend:                       False
      Time Zone:                     <unset>
      Successful Job History Limit:  5
      Failed Job History Limit:      3
      Starting Deadline Seconds:     30s
      Selector:                      <unset>
      Parallelism:                   <unset>
      Completions:                   <unset>
      """
    And the output contains "Saw completed job: sample-cronjob-29460068, status: Complete"

  Scenario: Suspended, it makes none; and one can be made by hand
    When I run:
      """
      kubectl patch cronjob sample-cronjob -p '{"spec":{"suspend":true}}'
      """
    And 5 minutes pass
    Then cron job "sample-cronjob" has started 0 jobs
    When I run "kubectl create job by-hand --from=cronjob/sample-cronjob"
    Then the output is:
      """
      job.batch/by-hand created
      """
    And within 1 minute job "by-hand" is complete
    And cron job "sample-cronjob" has started 0 jobs

  Scenario: The controller manager is away when it is time
    With startingDeadlineSeconds a time that is long past is not made up for: it waits for the next.
    When the controller manager is down for 5 minutes
    And 5 minutes pass
    Then cron job "sample-cronjob" has started 0 jobs
    And within 2 minutes cron job "sample-cronjob" has started 1 job

  Scenario: Deleted, it takes its Jobs and their Pods along
    Given 90 seconds pass
    When I run "kubectl delete cronjob sample-cronjob"
    And 1 minute passes
    And I run "kubectl get jobs,pods -o name"
    Then the output is:
      """
      """
