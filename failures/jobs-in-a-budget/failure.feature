Feature: A Job under the budget of a server
  A CronJob's Pods carry the label of the server, so the budget counts them too. A share of what a Job wants cannot be told: nothing scales a Job. The budget allows nothing, and no node with the server can be drained.

  Background:
    Given a cluster with 3 nodes

  Scenario Outline: A node is drained while a Job runs
    Given the manifests in "<manifests>"
    And every pod is ready
    And 2 minutes pass
    When node "node-1" is drained without waiting
    Then within 10 minutes the drain of node "node-1" is finished
    And at every moment at least 2 pods matching "app=batch,tier=server" were available

    @expect-failure
    Examples: As it was
      | manifests      |
      | as-it-was.yaml |

    Examples: With the fix
      | manifests  |
      | fixed.yaml |
