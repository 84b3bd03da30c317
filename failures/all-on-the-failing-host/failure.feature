Feature: All replicas on one host
  The scheduler finds most room on one node, and puts every replica there. Nothing said that they should be apart. The node fails, and all of them with it.

  Background:
    Given a cluster with nodes:
      | name   | cpu | memory |
      | node-1 | 8   | 16Gi   |
      | node-2 | 2   | 4Gi    |

  Scenario Outline: The node with the most room fails
    Given the manifests in "<manifests>"
    And every pod is ready
    When node "node-1" loses power
    And 1 minute passes
    Then at every moment at least 1 pod matching "app=api" was serving
    And node "node-1" is unknown

    @expect-failure
    Examples: As it was
      | manifests      |
      | as-it-was.yaml |

    Examples: With the fix
      | manifests  |
      | fixed.yaml |
