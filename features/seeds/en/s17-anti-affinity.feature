@S17
Feature: S17. Two pods that may not share a node
  Without anti-affinity both replicas may stand on one node, and fall with it. Required anti-affinity forbids that:
  where there is no node to go to, a pod waits as Pending until there is one.

  Scenario: On a single node the second one waits
    Given a cluster with 1 node
    When I run "kubectl apply -f ../manifests/sample-affinity.yaml"
    And 71 seconds pass
    Then exactly 1 pod matching "component=nginx" is running
    And exactly 1 pod matching "component=nginx" is pending
    When I run "kubectl get events --field-selector reason=FailedScheduling"
    Then the output contains "1 node(s) didn't match pod anti-affinity rules"

  Scenario: A node joins, and the waiting pod goes there
    Given a cluster with 2 nodes
    And node "node-2" is cordoned
    And I run "kubectl apply -f ../manifests/sample-affinity.yaml"
    And 71 seconds pass
    And exactly 1 pod matching "component=nginx" is pending
    When node "node-2" is uncordoned
    Then within 30 seconds exactly 2 pods matching "component=nginx" are ready
    And no two pods matching "component=nginx" share a node

  Scenario: On two nodes, one survives the other's death
    Given a cluster with 2 nodes
    And I run "kubectl apply -f ../manifests/sample-affinity.yaml"
    And every pod is ready
    When node "node-1" loses power
    Then for 30 minutes at least 1 pod matching "component=nginx" is serving
    And exactly 1 pod matching "component=nginx" is pending
