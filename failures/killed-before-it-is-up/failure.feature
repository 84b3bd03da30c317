Feature: Killed before it is up
  A program takes a minute to start. Its liveness probe begins at once and gives it half of that: it is killed and started anew, and never comes to an end of starting.

  Background:
    Given a cluster with 2 nodes
    And image "lakefs:1" behaves as:
      """
      startup: 1m
      """

  Scenario Outline: A program with a slow start is deployed
    When the manifests in "<manifests>"
    Then within 9 minutes deployment "lakefs" has 1 of 1 replicas available
    And an event "Started" is recorded for a pod matching "app=lakefs"

    @expect-failure
    Examples: As it was
      | manifests      |
      | as-it-was.yaml |

    Examples: With the fix
      | manifests  |
      | fixed.yaml |
