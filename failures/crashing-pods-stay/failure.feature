Feature: Pods that crash in a loop cannot be evicted
  A node is to be emptied. Its Pods crash in a loop: none of them is healthy, so the budget allows no disruption,
  and the drain waits for Pods that nobody would miss. With it wait whoever upgrades nodes, and the autoscaler.

  Background:
    Given a cluster with 2 nodes
    And image "shop:1" behaves as:
      """
      startup: 5s
      exits: {after: 2s, code: 1}
      """

  Scenario Outline: A node with crashing Pods is drained
    Given the manifests in "<manifests>"
    And 3 minutes pass
    When node "node-1" is drained without waiting
    Then within 10 minutes the drain of node "node-1" is finished

    @expect-failure
    Examples: As it was
      | manifests      |
      | as-it-was.yaml |

    Examples: With the fix
      | manifests  |
      | fixed.yaml |
