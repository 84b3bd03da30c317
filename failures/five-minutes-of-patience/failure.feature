Feature: Five minutes of patience
  A node is lost. Its Pods are given five minutes to come back, since nobody said otherwise; the only replica of a controller is among them, and for almost six minutes nobody controls anything.

  Background:
    Given a cluster with 2 nodes
    And node "node-2" is cordoned

  Scenario Outline: The node of the only replica loses power
    Given the manifests in "<manifests>"
    And every pod is ready
    And node "node-2" is uncordoned
    And a client sends 5 requests per second to "http://controller/"
    And 5 seconds pass
    When node "node-1" loses power
    And 10 minutes pass
    Then the longest outage is under 2 minutes
    And node "node-1" is unknown

    @expect-failure
    Examples: As it was
      | manifests      |
      | as-it-was.yaml |

    Examples: With the fix
      | manifests  |
      | fixed.yaml |
