Feature: All restart for the database
  The page that the liveness probe asks for asks the database first. The database is down for three minutes: every Pod answers with errors, and is killed for it, again and again. When the database is back, the Pods wait in back-off.

  Background:
    Given a cluster with 2 nodes

  Scenario Outline: The database is down for three minutes
    Given the manifests in "<manifests>"
    And every pod is ready
    When a container of every pod matching "app=kuma" answers with errors for 3 minutes
    And 3 minutes pass
    Then within 10 seconds stateful set "kuma" has 2 of 2 replicas ready
    And container "kuma" of pod "kuma-0" has restarted 0 times
    And container "kuma" of pod "kuma-1" has restarted 0 times
    And an event "Unhealthy" is recorded for pod "kuma-0"

    @expect-failure
    Examples: As it was
      | manifests      |
      | as-it-was.yaml |

    Examples: With the fix
      | manifests  |
      | fixed.yaml |
