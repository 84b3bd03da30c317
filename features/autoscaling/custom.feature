Feature: Autoscalers of custom resources
  What has a scale subresource is scaled, also where its definition was brought along: which Pods are counted, its
  labelSelectorPath says.

  Scenario: the replicas that a custom resource asks for follow what its Pods use
    Given a cluster with 3 nodes
    And image "shop" behaves as:
      """
      listens: 80
      cpu: {perRequest: 20m}
      """
    And the manifest in "shop.yaml"
    And the manifest in "shops.yaml"
    And every pod is ready
    And I run "kubectl apply -f front.yaml"
    And I run "kubectl patch shop front --subresource=status --type=merge -p '{\"status\":{\"replicas\":1,\"selector\":\"app=shop\"}}'"
    When a client sends 15 requests per second to "http://shop/"
    Then within 5 minutes horizontal pod autoscaler "front" wants 3 replicas
    When I run "kubectl get shop front -o jsonpath={.spec.replicas}"
    Then the output is:
      """
      3
      """
