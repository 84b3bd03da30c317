Feature: A sixth Pod that fits nowhere, searched for
  However many replicas are asked for, there is a node for each.

  Background:
    Given a cluster with nodes:
      | name   | zone   |
      | node-1 | zone-a |
      | node-2 | zone-a |
      | node-3 | zone-b |

  Scenario Outline: The number of replicas changes, with <manifests>
    Given the manifests in "<manifests>"
    And every pod is ready
    When any 1 to 2 of these faults strike within 2 minutes:
      | fault     | target         | replicas | for |
      | PodDelete | app=web        |          |     |
      | Scale     | deployment web | 5        | 2m  |
      | Scale     | deployment web | 6        | 2m  |
    Then at no moment an event "FailedScheduling" was recorded for a pod matching "app=web"

    @expect-failure
    Examples: As it was
      | manifests      |
      | as-it-was.yaml |

    Examples: With the fix
      | manifests  |
      | fixed.yaml |
