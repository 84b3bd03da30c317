Feature: Two budgets for one Pod
  A chart brings a budget, and the team adds one of its own. An eviction of a Pod that two budgets select is refused whatever they allow: the API server answers with an error, and the drain never ends.

  Background:
    Given a cluster with 3 nodes

  Scenario Outline: A node is drained
    Given the manifests in "<manifests>"
    And every pod is ready
    When node "node-1" is drained without waiting
    Then within 10 minutes the drain of node "node-1" is finished
    And at every moment at least 2 pods matching "app=web" were available

    @expect-failure
    Examples: As it was
      | manifests      |
      | as-it-was.yaml |

    Examples: With the fix
      | manifests  |
      | fixed.yaml |
