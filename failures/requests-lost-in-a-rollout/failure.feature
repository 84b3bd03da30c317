Feature: Requests that a rollout loses
  A Pod is told to end, and at the same time taken out of the Service. Whoever routes learns of it a moment later, and sends requests to what no longer listens.

  Background:
    Given a cluster with 3 nodes

  Scenario Outline: A new version is rolled out under traffic
    Given the manifests in "<manifests>"
    And every pod is ready
    And a client sends 100 requests per second to "http://web/"
    And 5 seconds pass
    When the image of deployment "web" is changed to "backend:2"
    And 3 minutes pass
    Then no request failed
    And the rollout of deployment "web" is complete
    And an event "ScalingReplicaSet" is recorded for deployment "web" saying "from 1 to 0"

    @expect-failure
    Examples: As it was
      | manifests      |
      | as-it-was.yaml |

    Examples: With the fix
      | manifests  |
      | fixed.yaml |
