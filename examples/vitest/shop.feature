Feature: The shop stays open
  Background:
    Given a cluster with 3 nodes
    And the manifest in "shop.yaml"
    And every pod is ready

  Scenario: A drained node closes nothing
    When node "node-1" is drained
    Then at every moment at least 2 pods matching "app=shop" were available

  @every-seed:5
  Scenario: A node that loses power is made up for
    When node "node-2" loses power for 20 minutes
    Then within 7 minutes deployment "shop" has 3 of 3 replicas available
