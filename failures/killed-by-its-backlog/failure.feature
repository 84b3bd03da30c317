Feature: Killed by its backlog
  After a disturbance a gateway works through what has come together meanwhile, and needs more memory than on any other day. Its limit was measured on the other days: it is killed, starts again with the same backlog, and is killed again.

  Background:
    Given a cluster with 2 nodes
    And image "tsdb-gw:1" behaves as:
      """
      memory: 100Mi
      """

  Scenario Outline: A backlog is worked through
    Given the manifests in "<manifests>"
    And every pod is ready
    When container "tsdb-gw" of pod "tsdb-gw-0" leaks "5Mi" of memory per second for 20 seconds
    And 2 minutes pass
    Then at every moment exactly 1 pod matching "app=tsdb-gw" was ready
    And container "tsdb-gw" of pod "tsdb-gw-0" has restarted 0 times

    @expect-failure
    Examples: As it was
      | manifests      |
      | as-it-was.yaml |

    Examples: With the fix
      | manifests  |
      | fixed.yaml |
