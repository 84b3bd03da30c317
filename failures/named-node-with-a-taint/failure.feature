Feature: Evicted and made again, without end
  The template names its node, which goes past the scheduler, and past the taints that it would heed. The node gets a taint: its Pod is evicted, the ReplicaSet makes another one on the same node, which is evicted.

  Background:
    Given a cluster with 2 nodes

  Scenario Outline: The node gets a taint
    Given the manifests in "<manifests>"
    And every pod is ready
    When I run "kubectl taint nodes node-1 key1=value1:NoExecute"
    And 1 minute passes
    Then for 1 minute deployment "wk03" has 1 of 1 replicas available
    And field ".spec.taints[0].key" of node "node-1" is "key1"

    @expect-failure
    Examples: As it was
      | manifests      |
      | as-it-was.yaml |

    Examples: With the fix
      | manifests  |
      | fixed.yaml |
