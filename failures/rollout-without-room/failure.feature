Feature: A rollout without room
  Three replicas that may not share a node, on three nodes. A quarter of three, rounded down, is no Pod that may be missing, so the new one has to come first, and there is no node for it.
  The rollout waits for ever.

  Background:
    Given a cluster with 3 nodes

  Scenario Outline: A new version is rolled out
    Given the manifests in "<manifests>"
    And every pod is ready
    When the image of deployment "nginx" is changed to "nginx:1.13"
    Then within 10 minutes the rollout of deployment "nginx" is complete
    And no two pods matching "app=nginx" share a node
    And field ".spec.template.spec.containers[0].image" of deployment "nginx" is "nginx:1.13"

    @expect-failure
    Examples: As it was
      | manifests      |
      | as-it-was.yaml |

    Examples: With the fix
      | manifests  |
      | fixed.yaml |
