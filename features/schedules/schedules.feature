Feature: Schedules of faults
  Several faults at their times, as a table or as a file; what they undo is undone when their time is over.

  Background:
    Given a cluster with 3 nodes
    And the manifests in "shop.yaml"
    And every pod is ready

  Scenario: Two nodes fail one after the other, and the shop stays open
    When these faults strike:
      | at  | fault         | target | for |
      | 0s  | NodePowerLoss | node-1 | 7m  |
      | 10m | NodePowerLoss | node-2 | 7m  |
    Then within 5 minutes deployment "shop" has 3 of 3 replicas available
    And within 1 minute node "node-2" is ready
    And node "node-1" is ready
    And sometimes node "node-1" was not ready
    And sometimes node "node-2" was not ready
    And at every moment service "shop" was available
    And every pod is ready

  Scenario: A patch day from a file
    When the faults in "patch-day.yaml" strike
    Then within 2 minutes deployment "shop" has 3 of 3 replicas available
    And pod disruption budget "shop" is honoured
    And at no moment node "node-2" was cordoned
    And sometimes node "node-1" was cordoned
    And node "node-1" is ready
    When 1 minute passes
    Then all invariants hold

  Scenario: Whatever is still on can be ended at once
    When node "node-1" loses power
    And the scheduler is down
    And 2 minutes pass
    And deployment "shop" is scaled to 4
    And 1 second passes
    Then node "node-1" is unknown
    And exactly 1 pod matching "app=shop" is pending
    When every fault is healed
    Then within 5 minutes node "node-1" is ready
    And within 5 minutes deployment "shop" has 4 of 4 replicas available
