@S23
Feature: S23. Work that ends: Jobs
  A Job runs Pods until enough of them have succeeded. One that fails is replaced, later each time, until the
  limit is reached. What has ended is kept, to be looked at, until somebody or its time to live removes it.

  Background:
    Given a cluster with 2 nodes

  Scenario: Six completions, two at a time
    When I run "kubectl apply -f ../manifests/sample-job.yaml"
    Then the output is:
      """
      job.batch/sample-job created
      """
    When 15 seconds pass
    And I run "kubectl get jobs"
    Then the output is:
      """
      NAME         STATUS    COMPLETIONS   DURATION   AGE
      sample-job   Running   2/6           15s        15s
      """
    When I run "kubectl wait --for=condition=complete job/sample-job --timeout=5m"
    Then the output contains "job.batch/sample-job condition met"
    And job "sample-job" is complete with reason "CompletionsReached"
    And 6 pods of job "sample-job" have succeeded
    And at every moment at most 2 pods of job "sample-job" were active
    When I run "kubectl get pods -l job-name=sample-job"
    Then the output contains "Completed"
    When I run "kubectl describe job sample-job"
    Then the output contains:
      """
      Parallelism:      2
      Completions:      6
      Completion Mode:  NonIndexed
      Suspend:          false
      Backoff Limit:    4
      """
    And the output contains "Pods Statuses:    0 Active (0 Ready) / 6 Succeeded / 0 Failed"
    And the output contains "Job completed"
    When I run "kubectl delete job sample-job"
    And 10 seconds pass
    And I run "kubectl get pods -o name"
    Then the output is:
      """
      """

  Scenario: Deleted without its Pods
    Given the manifest in "../manifests/sample-job.yaml"
    And every pod is ready
    When I run "kubectl delete job sample-job --cascade=orphan"
    Then there is no job "sample-job"
    When I run "kubectl get pods"
    Then the output contains "sample-job-"

  Scenario: It fails, waits longer each time, gives up, and is gone after its time to live
    It waits 10 seconds, then 20, then 40, and at most ten minutes (older releases: six).
    Given the manifest in "../manifests/failing-job.yaml"
    Then within 90 seconds job "failing" is failed with reason "BackoffLimitExceeded"
    And 3 pods of job "failing" have failed
    When I run "kubectl wait --for=condition=failed job/failing --timeout=10s"
    Then the output contains "job.batch/failing condition met"
    When I run "kubectl logs job/failing"
    Then the output contains "giving up"
    When 70 seconds pass
    And I run "kubectl get job failing"
    Then the command fails with "not found"

  Scenario: Each index is somebody's share of the work, and has a limit of its own
    Given the manifest in "../manifests/indexed-job.yaml"
    When 2 minutes pass
    Then job "shards" is failed with reason "FailedIndexes"
    And the succeeded indexes of job "shards" are "0,1,3"
    And the failed indexes of job "shards" are "2"

  Scenario: Suspended, it gives its place away; resumed, it begins anew with what is left
    Given the manifest in "../manifests/sample-job.yaml"
    And every pod is ready
    When I run:
      """
      kubectl patch job sample-job -p '{"spec":{"suspend":true}}'
      """
    Then within 1 minute job "sample-job" is suspended with reason "JobSuspended"
    And within 1 minute 0 pods of job "sample-job" are active
    When I run:
      """
      kubectl patch job sample-job -p '{"spec":{"suspend":false}}'
      """
    Then within 3 minutes job "sample-job" is complete
