Feature: A neighbour without a limit
  A program leaks, and nobody said how much memory it may use. It takes the node's. The kubelet makes room by evicting what uses most beyond what it asked for: nobody asked for anything, so it is the web server that goes, and not the one that leaks.

  Background:
    Given a cluster with nodes:
      | name   | memory |
      | node-1 | 1Gi    |
    And image "web:1" behaves as:
      """
      memory: 500Mi
      """
    And image "elastalert:1" behaves as:
      """
      memory: 50Mi
      """

  Scenario Outline: A program leaks memory
    Given the manifests in "<manifests>"
    And every pod is ready
    And a client sends 5 requests per second to "http://web/"
    And 5 seconds pass
    When container "elastalert" of pod "elastalert-0" leaks "3Mi" of memory per second for 4 minutes
    And 5 minutes pass
    Then the longest outage is under 5 seconds
    And at every moment exactly 1 pod matching "app=web" was ready

    @expect-failure
    Examples: As it was
      | manifests      |
      | as-it-was.yaml |

    Examples: With the fix
      | manifests  |
      | fixed.yaml |
