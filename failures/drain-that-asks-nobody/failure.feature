Feature: A drain that asks nobody
  A drain is held up by a budget, and somebody helps it along with --disable-eviction. Now the Pods are deleted, not evicted, and no budget is asked about what is deleted.

  Background:
    Given a cluster with nodes:
      | name   | labels   |
      | node-1 | room=old |
      | node-2 | room=old |
      | node-3 | room=new |
    And node "node-3" is cordoned

  Scenario Outline: Old nodes are drained
    Given the manifests in "as-it-was.yaml"
    And every pod is ready
    And node "node-3" is uncordoned
    When I run "<drain>"
    Then within 10 minutes the drain of node "node-1" is finished
    And within 5 minutes deployment "agent" has 2 of 2 replicas available
    And at every moment at least 1 pod matching "app=agent" was available

    @expect-failure
    Examples: As it was
      | drain                                                            |
      | kubectl drain -l room=old --ignore-daemonsets --disable-eviction |

    Examples: With the fix
      | drain                                         |
      | kubectl drain -l room=old --ignore-daemonsets |
