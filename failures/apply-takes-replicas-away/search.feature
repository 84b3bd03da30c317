Feature: An apply that takes replicas away, searched for
  Whatever load came before, to apply what is applied changes nothing.

  Background:
    Given a cluster with 4 nodes
    And the metric "queue" is "20"

  Scenario Outline: <manifests> is applied again
    Given the manifests in "<manifests>"
    And 2 minutes pass
    When any 1 to 2 of these faults strike within 2 minutes:
      | fault             | target  | factor | for |
      | MetricsServerDown |         |        | 1m  |
      | PodDelete         | app=web |        |     |
      | MetricSpike       | queue   | 4      | 2m  |
    And the manifests in "<manifests>"
    And 1 minute passes
    Then at no moment an event "ScalingReplicaSet" was recorded for deployment "web" saying "Scaled down"

    @expect-failure
    Examples: As it was
      | manifests      |
      | as-it-was.yaml |

    Examples: With the fix
      | manifests  |
      | fixed.yaml |
