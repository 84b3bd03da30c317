Feature: Packed by what they ask for
  Pods ask for a fraction of the memory that they use. A node is lost, and the scheduler packs its Pods onto the others, where by what they ask for there is room. There is none: the next node runs out of memory, and its kubelet evicts Pods that served. Once there is memory again they are placed as before, and push out others, on one node after the other and without end.

  Background:
    Given a cluster with nodes:
      | name   | memory |
      | node-1 | 1Gi    |
      | node-2 | 1Gi    |
      | node-3 | 1Gi    |
    And image "web:1" behaves as:
      """
      memory: 280Mi
      """

  Scenario Outline: A node is lost
    Given the manifests in "<manifests>"
    And every pod is ready
    When node "node-1" loses power
    And 20 minutes pass
    Then at every moment exactly 0 pods matching "app=web" were failed

    @expect-failure
    Examples: As it was
      | manifests      |
      | as-it-was.yaml |

    Examples: With the fix
      | manifests  |
      | fixed.yaml |
