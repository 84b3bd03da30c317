Feature: Two on one node after the maintenance, searched for
  Whichever nodes are maintained, two minutes later each node has one Pod.

  Background:
    Given a cluster with 3 nodes

  Scenario Outline: Nodes are drained for a minute, with <manifests>
    Given the manifests in "<manifests>"
    And every pod is ready
    When any 1 to 2 of these faults strike within 2 minutes:
      | fault          | target | for |
      | KubeletRestart | node-1 |     |
      | NodeDrain      | node-2 | 1m  |
      | NodeDrain      | node-3 | 1m  |
    And 2 minutes pass
    Then at most 1 pod matching "app=web" per node

    @expect-failure
    Examples: As it was
      | manifests      |
      | as-it-was.yaml |

    Examples: With the fix
      | manifests  |
      | fixed.yaml |
