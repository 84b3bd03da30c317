Feature: A quota that leaves no room for a rollout
  The quota allows as many Pods as there are. A rollout wants one more before it ends an old one; it is refused, tried again ever more rarely, and never comes.

  Background:
    Given a cluster with 2 nodes

  Scenario Outline: A new version is rolled out
    Given the manifests in "<manifests>"
    And every pod is ready
    When the image of deployment "web" is changed to "nginx:1.13"
    Then within 15 minutes the rollout of deployment "web" is complete
    And field ".spec.template.spec.containers[0].image" of deployment "web" is "nginx:1.13"

    @expect-failure
    Examples: As it was
      | manifests      |
      | as-it-was.yaml |

    Examples: With the fix
      | manifests  |
      | fixed.yaml |
