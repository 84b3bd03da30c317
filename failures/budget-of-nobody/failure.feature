Feature: A budget that selects nobody
  The Pods carry the label run, as kubectl once gave it, and the budget selects app. Nothing is refused, nothing is told, and nothing is protected: two drains take both Pods at once.

  Background:
    Given a cluster with nodes:
      | name   | labels   |
      | node-1 | room=old |
      | node-2 | room=old |
      | node-3 | room=new |
    And node "node-3" is cordoned

  Scenario Outline: Both nodes are drained
    Given the manifests in "<manifests>"
    And every pod is ready
    And node "node-3" is uncordoned
    When every node matching "room=old" is drained without waiting
    Then within 10 minutes the drain of node "node-1" is finished
    And within 10 minutes the drain of node "node-2" is finished
    And within 5 minutes deployment "my-nginx" has 2 of 2 replicas available
    And at every moment at least 1 pod matching "run=my-nginx" was available

    @expect-failure
    Examples: As it was
      | manifests      |
      | as-it-was.yaml |

    Examples: With the fix
      | manifests  |
      | fixed.yaml |
