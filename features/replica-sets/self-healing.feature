Feature: A ReplicaSet keeps its number of pods
  A ReplicaSet compares how many pods match its selector with how many it was asked for,
  and creates or deletes the difference: again and again, whatever caused it.

  Background:
    Given a cluster with 3 nodes
    And the manifest in "nginx-replicaset.yaml"
    And every pod is ready

  Scenario: Three pods come up
    Then exactly 3 pods matching "component=nginx" are ready
    When 10 seconds pass
    And I run "kubectl get replicaset"
    Then the output is:
      """
      NAME               DESIRED   CURRENT   READY   AGE
      nginx-replicaset   3         3         3       13s
      """

  Scenario: A deleted pod is replaced
    When a pod matching "component=nginx" is deleted
    And 1 second passes
    Then within 10 seconds exactly 3 pods matching "component=nginx" are running
    And within 10 seconds replica set "nginx-replicaset" has 3 of 3 replicas ready
    And sometimes replica set "nginx-replicaset" had 2 of 3 replicas ready

  Scenario: Every pod is deleted at once
    When every pod matching "component=nginx" is deleted
    And 1 second passes
    Then replica set "nginx-replicaset" has 0 of 3 replicas ready
    And within 10 seconds replica set "nginx-replicaset" has 3 of 3 replicas ready

  Scenario: Scaling up and down
    When I run "kubectl scale replicaset nginx-replicaset --replicas=5"
    Then the output is:
      """
      replicaset.apps/nginx-replicaset scaled
      """
    And within 10 seconds replica set "nginx-replicaset" has 5 of 5 replicas ready
    When replica set "nginx-replicaset" is scaled to 2
    Then within 40 seconds exactly 2 pods matching "component=nginx" are running
    And an event "SuccessfulDelete" is recorded for replica set "nginx-replicaset"
    And every pod is ready

  Scenario: A pod whose label is taken off is let go, and replaced
    Given the moment "label removed"
    When I run "kubectl label pods --all component-"
    Then within 10 seconds exactly 3 pods matching "component=nginx" are ready
    And exactly 3 pods matching "!component" are ready

  Scenario: Deleting the ReplicaSet deletes its pods
    When I run "kubectl delete replicaset nginx-replicaset"
    Then within 40 seconds at most 0 pods matching "component=nginx" are running
    And every pod is ready
