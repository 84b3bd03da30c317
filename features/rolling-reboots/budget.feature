Feature: Rolling node reboots
  Two replicas survive the loss of any one node. They do not survive the nodes being rebooted one after another
  faster than a replacement starts to serve, unless a PodDisruptionBudget makes the drain wait for it.

  Background:
    Given a cluster with 3 nodes
    And image "nginx:1.16" behaves as:
      """
      startup: 60s
      """
    And the manifest in "frontend.yaml"
    And every pod is ready

  @every-seed:20 @expect-failure
  Scenario: Without a budget there comes a moment with no pod available
    When each node is drained, rebooted and uncordoned in turn
    Then at every moment at least 1 pod matching "component=nginx" was available

  @every-seed:20
  Scenario: A budget keeps one replica serving
    Given the manifest in "frontend-pdb.yaml"
    And within 5 seconds pod disruption budget "nginx-pdb" allows 1 disruption
    When each node is drained, rebooted and uncordoned in turn
    Then at every moment at least 1 pod matching "component=nginx" was available
    And at every moment at least 1 pod matching "component=nginx" was serving
    And pod disruption budget "nginx-pdb" is honoured
    And an event "Rebooted" is recorded for node "node-3"
    And within 5 minutes deployment "nginx-deployment" has 2 of 2 replicas available
