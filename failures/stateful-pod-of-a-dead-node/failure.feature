Feature: A StatefulSet that waits for a dead node
  A machine is off for good. The Pod of the StatefulSet is to be deleted, and nobody is left on the node to confirm that it has ended; two Pods of one name there may never be, so no other is made. It waits until somebody says that the node is out of service.

  Background:
    Given a cluster with 2 nodes
    And node "node-2" is cordoned

  Scenario Outline: A node loses power for good
    Given the manifests in "as-it-was.yaml"
    And every pod is ready
    And node "node-2" is uncordoned
    When node "node-1" loses power
    Then within 2 minutes node "node-1" is unknown
    When I run "<command>"
    Then within 15 minutes pod "db-0" is on node "node-2"
    And within 5 minutes pod "db-0" is ready

    @expect-failure
    Examples: As it was
      | command           |
      | kubectl get nodes |

    Examples: With the fix
      | command                                                                             |
      | kubectl taint nodes node-1 node.kubernetes.io/out-of-service=nodeshutdown:NoExecute |
