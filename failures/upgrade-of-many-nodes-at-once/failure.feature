Feature: An upgrade of many nodes at once
  A cluster is upgraded, several nodes at a time, to be done sooner. Nothing says how many Pods a Service can spare: those on the nodes go together, and their successors have yet to start.

  Background:
    Given a cluster with nodes:
      | name   | labels   |
      | node-1 | room=old |
      | node-2 | room=old |
      | node-3 | room=new |
    And node "node-3" is cordoned
    And image "search:1" behaves as:
      """
      startup: 20s
      """

  Scenario Outline: Two of three nodes are drained at once
    Given the manifests in "<manifests>"
    And every pod is ready
    And node "node-3" is uncordoned
    And a client sends 5 requests per second to "http://search/"
    And 5 seconds pass
    When every node matching "room=old" is drained without waiting
    And 3 minutes pass
    Then the drain of node "node-1" is finished
    And the drain of node "node-2" is finished
    And the longest outage is under 3 seconds
    And deployment "search" has 4 of 4 replicas available

    @expect-failure
    Examples: As it was
      | manifests      |
      | as-it-was.yaml |

    Examples: With the fix
      | manifests  |
      | fixed.yaml |
