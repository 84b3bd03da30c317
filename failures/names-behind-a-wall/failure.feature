Feature: Names behind a wall
  All egress is denied, and what a program needs is allowed: its backend, by label. The backend is asked for by name, and the question for its address is egress too. It is dropped without a word.

  Background:
    Given a cluster with 1 control plane node and 2 workers

  Scenario Outline: A Pod asks its backend
    Given the manifests in "as-it-was.yaml"
    And every pod is ready
    When the manifests in "<policies>"
    And 10 seconds pass
    Then a request to "http://backend/" from pod "front-0" answers 200
    And a request to "http://stranger/" from pod "front-0" times out

    @expect-failure
    Examples: As it was
      | policies      |
      | policies.yaml |

    Examples: With the fix
      | policies   |
      | fixed.yaml |
