Feature: A drain that never ends
  There is one replica, and a budget that wants one: no eviction is ever allowed. Eviction does not start a Pod elsewhere first,
  so the drain asks every five seconds, for ever.

  Background:
    Given a cluster with nodes:
      | name   | labels   |
      | node-1 | room=old |
      | node-2 | room=old |
      | node-3 | room=new |
    And node "node-3" is cordoned

  Scenario Outline: The node of the only replica is drained
    Given the manifests in "<manifests>"
    And every pod is ready
    And node "node-3" is uncordoned
    And a client sends 5 requests per second to "http://web/"
    And 5 seconds pass
    When every node matching "room=old" is drained without waiting
    Then within 10 minutes the drain of node "node-1" is finished
    And within 10 minutes the drain of node "node-2" is finished
    And the longest outage is under 5 seconds

    @expect-failure
    Examples: As it was
      | manifests      |
      | as-it-was.yaml |

    Examples: With the fix
      | manifests  |
      | fixed.yaml |
