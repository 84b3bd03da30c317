Feature: An autoscaler that follows every burst
  Work comes in bursts, as much every few minutes. Without a window the autoscaler goes to its most and to its least with each of them: Pods are ended just before they are needed again.

  Background:
    Given a cluster with 2 nodes

  Scenario Outline: Two bursts
    Given the metric "queue" is "10"
    And the manifests in "<manifests>"
    And every pod is ready
    When the metric "queue" is "60"
    And 2 minutes pass
    And the metric "queue" is "10"
    And 2 minutes pass
    Then 6 pods matching "app=web" are ready
    When the metric "queue" is "60"
    And 2 minutes pass
    Then 6 pods matching "app=web" are ready

    @expect-failure
    Examples: As it was
      | manifests      |
      | as-it-was.yaml |

    Examples: With the fix
      | manifests  |
      | fixed.yaml |
