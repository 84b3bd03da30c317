Feature: Evicted and made again without end, searched for
  Whatever happens to the nodes, no Pod is made only to be evicted for a taint.

  Background:
    Given a cluster with nodes:
      | name   | taints                |
      | node-1 | key1=value1:NoExecute |
      | node-2 |                       |

  @runs:10
  Scenario Outline: A node is tainted from the beginning, with <manifests>
    Given the manifests in "<manifests>"
    And 10 seconds pass
    When any 1 to 1 of these faults strike within 1 minute:
      | fault                 | target   | for |
      | SchedulerDown         |          | 10s |
      | ControllerManagerDown |          | 10s |
      | PodDelete             | app=wk03 |     |
    And 10 seconds pass
    Then at no moment an event "TaintManagerEviction" was recorded for a pod matching "app=wk03"

    @expect-failure
    Examples: As it was
      | manifests      |
      | as-it-was.yaml |

    Examples: With the fix
      | manifests  |
      | fixed.yaml |
