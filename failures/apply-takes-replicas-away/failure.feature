Feature: An apply that takes replicas away
  The autoscaler has grown the Deployment to eight replicas. The pipeline applies the manifest again, as it does at every merge, and it says two: six Pods go in the middle of the rush, and come back one after the other.

  Background:
    Given a cluster with 4 nodes
    And the metric "queue" is "80"

  Scenario Outline: The manifest is applied again under load
    Given the manifests in "<manifests>"
    And 2 minutes pass
    And the moment "rush"
    When I run "kubectl apply -f <manifests>"
    Then the output contains "deployment.apps/web"
    When 3 minutes pass
    Then since "rush" at least 6 pods matching "app=web" were available
    And deployment "web" has 8 of 8 replicas available

    @expect-failure
    Examples: As it was
      | manifests      |
      | as-it-was.yaml |

    Examples: With the fix
      | manifests  |
      | fixed.yaml |
