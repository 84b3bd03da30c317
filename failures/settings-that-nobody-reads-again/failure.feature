Feature: Settings that nobody reads again
  A ConfigMap is changed and applied, and nothing happens: a variable is given to a container when it starts, and nothing starts anew because a ConfigMap has changed. Days later a Pod is replaced, and two settings are in force.

  Background:
    Given a cluster with 2 nodes

  Scenario Outline: A setting is changed
    Given the manifests in "<before>"
    And every pod is ready
    When the manifests in "<after>"
    Then within 5 minutes variable "COLOUR" in pod "web-0" is "green"
    And within 5 minutes stateful set "web" has 2 of 2 replicas ready

    @expect-failure
    Examples: As it was
      | before         | after        |
      | as-it-was.yaml | changed.yaml |

    Examples: With the fix
      | before     | after                  |
      | fixed.yaml | fixed-and-changed.yaml |
