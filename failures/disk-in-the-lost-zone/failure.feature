Feature: The disk stays in the zone
  A zone is lost. The Pod could go elsewhere, and its disk cannot: the scheduler waits for a node in a zone where there is none.

  Background:
    Given a cluster with nodes:
      | name   | zone   |
      | node-1 | zone-a |
      | node-2 | zone-b |

  Scenario Outline: Each zone loses power once
    Given the manifests in "<manifests>"
    And every pod is ready
    And a client sends 5 requests per second to "http://store/"
    And 5 seconds pass
    When zone "zone-a" loses power for 10 minutes
    And 20 minutes pass
    And zone "zone-b" loses power for 10 minutes
    And 20 minutes pass
    Then the longest outage is under 2 minutes
    And an event "NodeNotReady" is recorded for node "node-1"
    And an event "NodeNotReady" is recorded for node "node-2"

    @expect-failure
    Examples: As it was
      | manifests      |
      | as-it-was.yaml |

    Examples: With the fix
      | manifests  |
      | fixed.yaml |
