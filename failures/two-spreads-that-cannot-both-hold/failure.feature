Feature: A sixth Pod that fits nowhere
  Pods are to be spread over zones and over nodes, each by one at most, and one zone has two nodes, the other one. Five Pods keep both; a sixth has to go to the smaller zone, whose only node has too many already.

  Background:
    Given a cluster with nodes:
      | name   | zone   |
      | node-1 | zone-a |
      | node-2 | zone-a |
      | node-3 | zone-b |

  Scenario Outline: Six replicas are wanted
    Given the manifests in "<manifests>"
    And every pod is ready
    When deployment "web" is scaled to 6
    Then within 2 minutes 6 pods matching "app=web" are ready

    @expect-failure
    Examples: As it was
      | manifests      |
      | as-it-was.yaml |

    Examples: With the fix
      | manifests  |
      | fixed.yaml |
