Feature: A webhook that everything waits for
  A policy engine is asked before every Pod is made, and where it does not answer nothing may be made. While it is down, each Pod that ends is missed: its successor is refused.

  Background:
    Given a cluster with 2 nodes

  Scenario Outline: The webhook is down, and a Pod is lost
    Given the manifests in "<manifests>"
    And every pod is ready
    When admission webhook "policy.example.com" is down for 30 minutes
    And pod "web-0" is deleted
    Then within 5 minutes stateful set "web" has 2 of 2 replicas ready
    And an event "Killing" is recorded for pod "web-0"

    @expect-failure
    Examples: As it was
      | manifests      |
      | as-it-was.yaml |

    Examples: With the fix
      | manifests  |
      | fixed.yaml |
