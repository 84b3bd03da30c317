@S23
Feature: S23. The forerunner of the ReplicaSet: ReplicationController
  It keeps so many Pods of its labels, as a ReplicaSet does, with a selector of equalities only. It has no rollouts:
  `kubectl rolling-update` is gone; today a Deployment does it.

  Background:
    Given a cluster with 2 nodes
    And I run "kubectl apply -f ../manifests/sample-rc.yaml"
    And every pod is ready

  Scenario: Three replicas, and a lost one is replaced
    When I run "kubectl get rc"
    Then the output contains "sample-rc   3         3         3"
    When a pod matching "app=sample-app" is deleted
    Then within 5 seconds replication controller "sample-rc" has 2 of 3 replicas available
    And within 30 seconds replication controller "sample-rc" has 3 of 3 replicas available
    When I run "kubectl describe rc sample-rc"
    Then the output contains "Pods Status:  3 Running / 0 Waiting / 0 Succeeded / 0 Failed"
    And the output contains "SuccessfulCreate"

  Scenario: Scaled up and down
    When I run "kubectl scale rc sample-rc --replicas=5"
    Then within 30 seconds replication controller "sample-rc" has 5 of 5 replicas available
    When I run "kubectl scale rc sample-rc --replicas=1"
    Then within 1 minute exactly 1 pod matching "app=sample-app" is running
    And every pod is ready

  Scenario: Deleted, it takes its Pods along
    When I run "kubectl delete rc sample-rc"
    Then within 1 minute exactly 0 pods matching "app=sample-app" are running
    And every pod is ready
