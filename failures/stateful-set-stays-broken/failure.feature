Feature: A StatefulSet that a rollback does not heal
  An image that does not exist is rolled out. The template is put right again, and nothing happens: a set that goes one by one waits for the broken Pod to be ready before it touches anything.

  Background:
    Given a cluster with 2 nodes

  Scenario Outline: A wrong image is rolled out, and taken back
    Given the manifests in "<manifests>"
    And every pod is ready
    When an image that does not exist is rolled out to stateful set "web" for 2 minutes
    Then within 10 minutes stateful set "web" has 3 of 3 replicas ready
    And an event "Failed" is recorded for pod "web-2"

    @expect-failure
    Examples: As it was
      | manifests      |
      | as-it-was.yaml |

    Examples: With the fix
      | manifests  |
      | fixed.yaml |
