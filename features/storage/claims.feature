Feature: Claims, and the disks behind them
  A claim asks for a disk; a Pod that uses it has its data wherever it runs.

  Background:
    Given a cluster with nodes:
      | name   | zone   |
      | node-1 | zone-a |
      | node-2 | zone-a |
      | node-3 | zone-b |
    And the manifest in "ledger.yaml"
    And every pod is ready
    And 20 seconds pass

  Scenario: What was written is there after the Pod moved
    When "echo kept > /data/page" is executed in pod "ledger-0"
    And I run "kubectl cordon node-1"
    And I run "kubectl delete pod ledger-0"
    Then within 2 minutes pod "ledger-0" is ready
    And pod "ledger-0" is on node "node-2"
    When "cat /data/page" is executed in pod "ledger-0"
    Then the output contains "kept"

  Scenario: A node that was shut down and is back lets go of the disk of a Pod that went elsewhere
    When node "node-1" shuts down gracefully for 1 second
    Then within 5 minutes pod "ledger-0" is ready
    And pod "ledger-0" is on node "node-2"

  Scenario: The disk of an evicted Pod goes where the Pod goes
    When node "node-1" runs out of disk for 30 seconds
    Then within 1 minute an event "Evicted" is recorded for pod "ledger-0"
    And within 5 minutes pod "ledger-0" is on node "node-2"
    And within 5 minutes pod "ledger-0" is ready

  Scenario: A node says that a disk is free once an API server is there to be told
    When node "node-1" is drained for 1 second
    And 1 second passes
    And the api server is down for 20 seconds
    And I run "kubectl get pods"
    Then the command fails with "was refused"
    And within 5 minutes pod "ledger-0" is on node "node-2"
    And within 5 minutes pod "ledger-0" is ready

  Scenario: A disk is in a zone, and keeps its Pod there
    When I run "kubectl cordon node-1 node-2"
    And I run "kubectl delete pod ledger-0"
    Then within 30 seconds an event "FailedScheduling" is recorded for pod "ledger-0" saying "node(s) didn't match PersistentVolume's node affinity"

  Scenario: Of a node without power a disk is taken by force after six minutes, and at once when somebody says so
    When node "node-1" loses power
    And 1 minute passes
    Then node "node-1" is unknown
    When I run "kubectl taint nodes node-1 node.kubernetes.io/out-of-service=nodeshutdown:NoExecute"
    Then within 2 minutes pod "ledger-0" is on node "node-2"
    And within 1 minute pod "ledger-0" is ready

  Scenario: Deleted by force, the Pod waits for its disk
    When node "node-1" loses power
    And 1 minute passes
    And I run "kubectl delete pod ledger-0 --force"
    Then within 1 minute an event "FailedAttachVolume" is recorded for pod "ledger-0" saying "Multi-Attach error for volume"
    And for 4 minutes pod "ledger-0" is pending
    And within 4 minutes pod "ledger-0" is ready

  Scenario: Claims outlive their Pods and their StatefulSet
    When I run "kubectl delete statefulset ledger"
    Then within 1 minute pod "ledger-0" is gone
    When I run "kubectl get pvc"
    Then the output contains "data-ledger-0   Bound"

  Scenario: A claim that is used does not go before its Pod
    When I run "kubectl delete pvc data-ledger-0 --wait=false"
    And I run "kubectl get pvc"
    Then the output contains "Terminating"
    And for 1 minute pod "ledger-0" is ready
