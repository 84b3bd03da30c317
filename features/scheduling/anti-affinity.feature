Feature: Pods that must not share a node
  Required anti-affinity is a filter of the scheduler: where no node passes, the pod waits, and is tried again
  when something changes that could help.

  Scenario: On one node the second pod stays Pending
    Given a cluster with 1 node
    When the manifest in "sample-affinity.yaml"
    And 71 seconds pass
    Then exactly 1 pod matching "component=nginx" is running
    And exactly 1 pod matching "component=nginx" is pending
    And an event "FailedScheduling" is recorded for a pod matching "component=nginx" saying "0/1 nodes are available: 1 node(s) didn't match pod anti-affinity rules."
    And for 10 minutes exactly 1 pod matching "component=nginx" is pending

  Scenario: On two nodes they run apart
    Given a cluster with 2 nodes
    When the manifest in "sample-affinity.yaml"
    And every pod is ready
    Then no two pods matching "component=nginx" share a node
