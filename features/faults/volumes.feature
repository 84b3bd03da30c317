Feature: Disks that do not come, do not go, or are full
  A claim's disk follows its Pod from node to node. What is in the way is told as the controllers tell it.

  Background:
    Given a cluster with 3 nodes
    And the manifest in "ledger.yaml"
    And every pod is ready
    And 20 seconds pass

  Scenario: A full disk takes no more, and gives what is on it
    When "echo kept > /data/page" is executed in pod "ledger-0"
    And the volume of persistent volume claim "data-ledger-0" is full for 5 minutes
    And "echo more >> /data/page" is executed in pod "ledger-0"
    Then the command fails with "No space left on device"
    When "cat /data/page" is executed in pod "ledger-0"
    Then the output is:
      """
      kept
      """
    When 6 minutes pass
    And "echo more >> /data/page" is executed in pod "ledger-0"
    And "cat /data/page" is executed in pod "ledger-0"
    Then the output contains "more"

  Scenario: A disk that does not come keeps the Pod from starting
    When no volume can be attached to every node for 2 minutes
    And I run "kubectl cordon node-1"
    And I run "kubectl delete pod ledger-0"
    Then within 1 minute an event "FailedAttachVolume" is recorded for pod "ledger-0" saying "AttachVolume.Attach failed for volume"
    And within 6 minutes pod "ledger-0" is ready

  Scenario: A disk that is not let go keeps it from another node
    When "echo kept > /data/page" is executed in pod "ledger-0"
    And no volume is detached from node "node-1" for 3 minutes
    And I run "kubectl cordon node-1"
    And I run "kubectl delete pod ledger-0"
    Then within 1 minute an event "FailedAttachVolume" is recorded for pod "ledger-0" saying "Multi-Attach error for volume"
    And for 90 seconds pod "ledger-0" is pending
    And within 8 minutes pod "ledger-0" is ready
    When "cat /data/page" is executed in pod "ledger-0"
    Then the output contains "kept"

  Scenario: Without a provisioner claims wait
    When the storage provisioner is down for 2 minutes
    And I run "kubectl scale statefulset ledger --replicas=2"
    And 1 minute passes
    And I run "kubectl get pvc data-ledger-1"
    Then the output contains "Pending"
    And an event "ExternalProvisioning" is recorded for persistent volume claim "data-ledger-1"
    And within 3 minutes pod "ledger-1" is ready

  Scenario: A zone's storage that is lost gives no disk to who comes
    When the storage of zone "zone-a" is lost for 3 minutes
    And I run "kubectl delete pod ledger-0"
    And 1 minute passes
    Then pod "ledger-0" is pending
    And within 8 minutes pod "ledger-0" is ready
