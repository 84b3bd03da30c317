Feature: An autoscaler that follows every burst, searched for
  Whatever bursts come, what was scaled up for one is there a minute after it.

  Background:
    Given a cluster with 2 nodes
    And the metric "queue" is "10"

  Scenario Outline: Bursts, with <manifests>
    Given the manifests in "<manifests>"
    And every pod is ready
    When any 1 to 2 of these faults strike within 2 minutes:
      | fault             | target | factor | for |
      | MetricsServerDown |        |        | 1m  |
      | MetricSpike       | queue  | 4      | 1m  |
      | MetricSpike       | queue  | 6      | 1m  |
    And 1 minute passes
    Then at no moment an event "ScalingReplicaSet" was recorded for deployment "web" saying "Scaled down"

    @expect-failure
    Examples: As it was
      | manifests      |
      | as-it-was.yaml |

    Examples: With the fix
      | manifests  |
      | fixed.yaml |
