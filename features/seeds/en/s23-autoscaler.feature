@S23
Feature: S23. As many replicas as the load asks for: HorizontalPodAutoscaler
  Every 15 seconds the autoscaler compares what the containers use with what they ask for, and aims at the target.

  Background:
    Given a cluster with 3 nodes
    And image "worker" behaves as:
      """
      listens: 80
      cpu: {perRequest: 20m}
      """
    And the manifest in "../manifests/autoscaled.yaml"
    And every pod is ready

  Scenario: Load comes and goes
    When a client sends 15 requests per second to "http://autoscaled/"
    Then within 5 minutes horizontal pod autoscaler "autoscaled" wants 3 replicas
    And within 1 minute deployment "autoscaled" has 3 of 3 replicas available
    When I run "kubectl get hpa"
    Then the output contains "Deployment/autoscaled"
    And the output contains "MINPODS   MAXPODS   REPLICAS"

  Scenario: Without load it stays at its minimum
    When 10 minutes pass
    Then at every moment deployment "autoscaled" had 1 of 1 replicas available
