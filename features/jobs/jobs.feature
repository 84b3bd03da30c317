Feature: Jobs

  A Job runs Pods until enough of them have succeeded, or too many have failed.

  Background:
    Given a cluster with 2 nodes

  Scenario: a Job shares its work out and is complete once
    Given the manifest:
      """
      apiVersion: batch/v1
      kind: Job
      metadata: {name: pi}
      spec:
        completions: 4
        parallelism: 2
        template:
          spec:
            restartPolicy: Never
            containers:
              - {name: pi, image: busybox, command: [sh, -c, sleep 5; echo 3.14]}
      """
    When I run "kubectl wait --for=condition=complete job/pi --timeout=2m"
    Then job "pi" has condition "Complete" "True" with reason "CompletionsReached"
    And job "pi" is complete
    And 4 pods of job "pi" have succeeded
    And an event "Completed" is recorded for job "pi"
    When I run "kubectl delete job pi"
    And 1 minute passes
    And I run "kubectl get job pi"
    Then the command fails with "not found"

  Scenario: a Job that fails tries again, later each time, and gives up
    Given the manifest:
      """
      apiVersion: batch/v1
      kind: Job
      metadata: {name: broken}
      spec:
        backoffLimit: 2
        template:
          spec:
            restartPolicy: Never
            containers:
              - {name: main, image: busybox, command: [sh, -c, exit 3]}
      """
    When 2 minutes pass
    Then job "broken" is failed
    And job "broken" has condition "Failed" "True" with reason "BackoffLimitExceeded"
    And exactly 3 pods matching "job-name=broken" are failed
    And all invariants hold

  Scenario: a Job whose node is lost does its work elsewhere, and is over when the lost Pod is known to be
    Given node "node-2" is cordoned
    And the manifest:
      """
      apiVersion: batch/v1
      kind: Job
      metadata: {name: long}
      spec:
        template:
          spec:
            restartPolicy: Never
            containers:
              - {name: main, image: busybox, command: [sleep, "900"]}
      """
    And every pod is ready
    And node "node-2" is uncordoned
    When node "node-1" loses power
    Then within 7 minutes exactly 1 pod matching "job-name=long" is terminating
    And within 30 minutes job "long" has condition "SuccessCriteriaMet" "True"
    When node "node-1" is powered on
    Then within 5 minutes job "long" has condition "Complete" "True"
    And 1 pod of job "long" has succeeded

  Scenario: a Job is suspended and resumed
    Given the manifest:
      """
      apiVersion: batch/v1
      kind: Job
      metadata: {name: nightly}
      spec:
        completions: 2
        template:
          spec:
            restartPolicy: Never
            containers:
              - {name: main, image: busybox, command: [sleep, "30"]}
      """
    And every pod is ready
    When I run:
      """
      kubectl patch job nightly -p '{"spec":{"suspend":true}}'
      """
    Then within 1 minute job "nightly" is suspended
    And within 1 minute exactly 0 pods matching "job-name=nightly" are running
    When I run:
      """
      kubectl patch job nightly -p '{"spec":{"suspend":false}}'
      """
    Then within 3 minutes job "nightly" is complete

  Scenario: a Job that is over goes after its time to live
    Given the manifest:
      """
      apiVersion: batch/v1
      kind: Job
      metadata: {name: tidy}
      spec:
        ttlSecondsAfterFinished: 60
        template:
          spec:
            restartPolicy: OnFailure
            containers:
              - {name: main, image: busybox, command: [sleep, "5"]}
      """
    When 30 seconds pass
    Then job "tidy" is complete
    When 2 minutes pass
    And I run "kubectl get job tidy"
    Then the command fails with "not found"
