Feature: A budget of as many as there are
  The budget wants as many Pods available as there are replicas. It looks like safety, and means that no node with one of them can ever be drained.

  Background:
    Given a cluster with 3 nodes

  Scenario Outline: A node is drained for an upgrade
    Given the manifests in "<manifests>"
    And every pod is ready
    When node "node-1" is drained without waiting
    Then within 10 minutes the drain of node "node-1" is finished
    And at every moment at least 2 pods matching "app=memcached" were available

    @expect-failure
    Examples: As it was
      | manifests      |
      | as-it-was.yaml |

    Examples: With the fix
      | manifests  |
      | fixed.yaml |
