Feature: The shop stays open

  Scenario: Orders are taken while a node is drained
    Given the shop is open
    When node "node-1" is drained
    And customers order 5 times within 1 minute
    Then 5 orders were taken by team "checkout"
    And at every moment at least 2 pods matching "app=shop" were available

  @every-seed:5
  Scenario: A node that loses power is made up for
    Given the shop is open
    When node "node-2" loses power for 20 minutes
    Then within 7 minutes deployment "shop" has 3 of 3 replicas available

  @property @runs:25
  Scenario: No voluntary disruption closes it
    Given any cluster of 3 to 5 nodes
    And the manifest in "shop.yaml"
    And every pod is ready
    When any 1 to 2 voluntary disruptions strike within 10 minutes
    Then at every moment at least 2 pods matching "app=shop" were available
