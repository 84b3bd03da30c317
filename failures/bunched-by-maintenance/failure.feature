Feature: Two on one node after the maintenance
  Nodes are drained one after the other, and the spread over them is but a wish. Nobody moves Pods back: they gather where they went meanwhile, and when that node goes down more than one goes with it.

  Background:
    Given a cluster with 3 nodes

  Scenario Outline: Two nodes are maintained
    Given the manifests in "<manifests>"
    And every pod is ready
    When node "node-2" is drained
    And 1 minute passes
    And node "node-2" is uncordoned
    And 1 minute passes
    And node "node-3" is drained
    And 1 minute passes
    And node "node-3" is uncordoned
    And 2 minutes pass
    Then at most 1 pod matching "app=web" per node

    @expect-failure
    Examples: As it was
      | manifests      |
      | as-it-was.yaml |

    Examples: With the fix
      | manifests  |
      | fixed.yaml |
