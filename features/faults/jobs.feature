Feature: Work that ends meets trouble, and is done all the same
  A Pod that fails is replaced, later each time; what a controller missed while it was away it finds out when it is back.

  Background:
    Given a cluster with 2 nodes
    And the manifest in "work.yaml"

  Scenario: A Pod of a Job fails, and another does its work
    Given 10 seconds pass
    When a pod of job "ledger" fails with exit code 1
    And 5 seconds pass
    Then 1 pod of job "ledger" has failed
    And exactly 1 pod of job "ledger" is active
    And within 20 seconds 2 pods of job "ledger" are active
    And within 5 minutes job "ledger" is complete
    And all invariants hold

  Scenario: An exit code that its policy knows ends the Job at once
    Given 10 seconds pass
    When a pod of job "ledger" fails with exit code 42
    Then within 1 minute job "ledger" is failed with reason "PodFailurePolicy"
    And within 1 minute 0 pods of job "ledger" are active

  Scenario: An index that fails is tried once more, and the others go on
    Given 10 seconds pass
    When a pod of job "shards" fails
    And 10 seconds pass
    And a pod of job "shards" fails
    Then within 5 minutes the succeeded indexes of job "shards" are "0-3"
    And 2 pods of job "shards" have failed
    And all invariants hold

  Scenario: Suspended for a while, a Job gives its place away and begins anew
    Given 10 seconds pass
    When somebody suspends job "ledger" for 2 minutes
    Then within 1 minute job "ledger" is suspended with reason "JobSuspended"
    And within 1 minute 0 pods of job "ledger" are active
    And within 3 minutes job "ledger" is under way
    And within 5 minutes job "ledger" is complete
    And 0 pods of job "ledger" have failed

  Scenario: Pods end while the Job controller is away, and each is counted once
    Given 10 seconds pass
    When the controller manager is down for 3 minutes
    And 2 minutes pass
    Then 0 pods of job "ledger" have succeeded
    And within 5 minutes 4 pods of job "ledger" have succeeded
    And an event "Completed" is recorded for job "ledger"
    And all invariants hold

  Scenario: A CronJob that is suspended misses its times, and makes up for the last only
    Given 30 seconds pass
    When somebody suspends cron job "minutely" for 4 minutes
    And 4 minutes pass
    Then cron job "minutely" has started 0 jobs
    And within 10 seconds cron job "minutely" has started at least 1 job

  Scenario: A time that is missed by more than its deadline is not made up for
    Given 30 seconds pass
    When the controller manager is down for 200 seconds
    And 205 seconds pass
    Then cron job "punctual" has started 0 jobs
    And within 10 seconds cron job "punctual" has started 1 job
