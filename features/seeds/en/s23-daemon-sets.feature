@S23
Feature: S23. One on every node: DaemonSet
  Its pods belong to nodes: one comes with a node, and goes with it.

  Background:
    Given a cluster with 3 nodes
    And I run "kubectl apply -f ../manifests/sample-daemonset.yaml"
    And every pod is ready

  Scenario: As many as there are nodes
    When I run "kubectl get daemonset agent"
    Then the output contains "agent   3         3         3       3            3"
    And the pods of daemon set "agent" are on 3 nodes
    And no two pods matching "app=agent" share a node

  Scenario: A node joins
    When a new node joins
    Then within 1 minute exactly 4 pods matching "app=agent" are ready

  Scenario: A drain leaves it where it is
    When I run "kubectl drain node-1"
    Then the command fails with "cannot delete DaemonSet-managed Pods"
    When I run "kubectl drain node-1 --ignore-daemonsets"
    Then the output contains "node/node-1 drained"
    And node "node-1" is cordoned
    And for 1 minute exactly 3 pods matching "app=agent" are ready

  Scenario: A node loses power: its pod is not made elsewhere
    When node "node-1" loses power
    Then for 10 minutes exactly 2 pods matching "app=agent" are serving
