Feature: Packed by what they ask for, searched for
  Whichever node is lost, nobody on the others is evicted for want of memory.

  Background:
    Given a cluster with nodes:
      | name   | memory |
      | node-1 | 1Gi    |
      | node-2 | 1Gi    |
      | node-3 | 1Gi    |
    And image "web:1" behaves as:
      """
      memory: 280Mi
      """

  Scenario Outline: Nodes are lost, with <manifests>
    Given the manifests in "<manifests>"
    And every pod is ready
    When any 1 to 2 of these faults strike within 2 minutes:
      | fault         | target | for |
      | SchedulerDown |        | 1m  |
      | NodePowerLoss | node-1 | 10m |
      | NodePowerLoss | node-2 | 10m |
    Then at no moment an event "Evicted" was recorded for a pod matching "app=web"

    @expect-failure
    Examples: As it was
      | manifests      |
      | as-it-was.yaml |

    Examples: With the fix
      | manifests  |
      | fixed.yaml |
