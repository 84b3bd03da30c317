Feature: Bunched after a rollout
  Pods are to be spread over nodes, and are, until the next rollout: new Pods are placed where old ones leave room for the sum of both, and when the old ones are gone the new stand bunched.

  Background:
    Given a cluster with 3 nodes

  Scenario Outline: It is rolled out a few times
    Given the manifests in "<manifests>"
    And every pod is ready
    When I run "kubectl set env deployment app1 ROUND=1"
    Then within 3 minutes the rollout of deployment "app1" is complete
    When 1 minute passes
    Then at most 1 pod matching "app=app1" per node
    When I run "kubectl set env deployment app1 ROUND=2"
    Then within 3 minutes the rollout of deployment "app1" is complete
    When 1 minute passes
    Then at most 1 pod matching "app=app1" per node
    When I run "kubectl set env deployment app1 ROUND=3"
    Then within 3 minutes the rollout of deployment "app1" is complete
    When 1 minute passes
    Then at most 1 pod matching "app=app1" per node
    When I run "kubectl set env deployment app1 ROUND=4"
    Then within 3 minutes the rollout of deployment "app1" is complete
    When 1 minute passes
    Then at most 1 pod matching "app=app1" per node
    And field ".spec.template.spec.containers[0].env[0].value" of deployment "app1" is "4"

    @expect-failure
    Examples: As it was
      | manifests      |
      | as-it-was.yaml |

    Examples: With the fix
      | manifests  |
      | fixed.yaml |
