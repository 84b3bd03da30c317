Feature: Rejected by the node that is named, and made again
  The template names its node, which goes past the scheduler. The node has no room for a second Pod with the same host port: its kubelet rejects it, the Pod has failed, and the ReplicaSet makes another one, and another.

  Background:
    Given a cluster with 2 nodes

  Scenario Outline: The node has room for one of two
    Given the manifests in "<manifests>"
    When 2 minutes pass
    Then at most 2 pods matching "app=nginx" are failed
    And deployment "nginx" has 2 of 2 replicas available

    @expect-failure
    Examples: As it was
      | manifests      |
      | as-it-was.yaml |

    Examples: With the fix
      | manifests  |
      | fixed.yaml |
