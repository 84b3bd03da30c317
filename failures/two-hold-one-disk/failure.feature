Feature: Two Pods for one disk
  The new Pod waits for the disk of the old one, which is attached to another node; the old Pod is kept until the new one is ready. Neither gives way.

  Background:
    Given a cluster with 2 nodes
    And node "node-2" is cordoned

  Scenario Outline: A new version is rolled out
    Given the manifests in "<manifests>"
    And every pod is ready
    And node "node-2" is uncordoned
    When node "node-1" is cordoned
    And I run "kubectl rollout restart deployment wordpress"
    Then within 15 minutes the rollout of deployment "wordpress" is complete
    And within 5 minutes the volume of claim "wordpress" is attached to node "node-2"

    @expect-failure
    Examples: As it was
      | manifests      |
      | as-it-was.yaml |

    Examples: With the fix
      | manifests  |
      | fixed.yaml |
