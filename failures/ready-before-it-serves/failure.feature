Feature: Ready before it serves
  Nothing asks the new Pods whether they answer: they count as ready when their container runs. The rollout ends the old Pods while none of the new has begun to listen.

  Background:
    Given a cluster with 2 nodes
    And image "shop:1" behaves as:
      """
      startup: 1s
      """
    And image "shop:2" behaves as:
      """
      startup: 30s
      """

  Scenario Outline: A new version with a slow start is rolled out
    Given the manifests in "<manifests>"
    And every pod is ready
    And a client sends 5 requests per second to "http://web/"
    And 5 seconds pass
    When the image of deployment "web" is changed to "shop:2"
    And 5 minutes pass
    Then the longest outage is under 3 seconds
    And field ".spec.template.spec.containers[0].image" of deployment "web" is "shop:2"

    @expect-failure
    Examples: As it was
      | manifests      |
      | as-it-was.yaml |

    Examples: With the fix
      | manifests  |
      | fixed.yaml |
