Feature: Priorities that evict production
  Priorities are introduced, and what is deployed next gets one. Pods of production were there before, and have none. The cluster is full: the scheduler makes room for a Pod of a higher priority by ending one of a lower, which is production's.

  Background:
    Given a cluster with 2 nodes

  Scenario Outline: A deployment with a priority needs room
    Given the manifests in "<manifests>"
    And every pod is ready
    And a client sends 5 requests per second to "http://ingester/"
    And 5 seconds pass
    When deployment "experiment" is scaled to 2
    And 3 minutes pass
    Then at every moment at least 2 pods matching "app=ingester" were available
    And no request failed
    And exactly 2 pods matching "app=experiment" are pending

    @expect-failure
    Examples: As it was
      | manifests      |
      | as-it-was.yaml |

    Examples: With the fix
      | manifests  |
      | fixed.yaml |
