Feature: Grace that ends in the hook
  A hook waits for a minute so that clients can go elsewhere, and the Pod has thirty seconds to end. The hook counts as part of them: at its half the program is killed, with what it was working on.

  Background:
    Given a cluster with 2 nodes

  Scenario Outline: A Pod is deleted
    Given the manifests in "<manifests>"
    And every pod is ready
    When pod "web" is deleted
    And 45 seconds pass
    Then pod "web" is running
    And within 1 minute pod "web" is gone

    @expect-failure
    Examples: As it was
      | manifests      |
      | as-it-was.yaml |

    Examples: With the fix
      | manifests  |
      | fixed.yaml |
