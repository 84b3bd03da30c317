Feature: Requests stay in their zone
  With topology-mode Auto each zone is given endpoints by the share that its nodes have of all CPU; with trafficDistribution
  each endpoint is for its own zone, or its own node.

  Background:
    Given a cluster with nodes:
      | name | zone | cpu |
      | a-1  | a    | 2   |
      | b-1  | b    | 2   |
    And I run "kubectl apply -f zones.yaml"
    And every pod is ready
    And 5 seconds pass

  Scenario: Each zone's share of CPU is its share of endpoints, its own first
    Then an event "TopologyAwareHintsEnabled" is recorded for service "auto"
    When I run "kubectl get endpointslices -l kubernetes.io/service-name=auto -o jsonpath={.items[0].endpoints[*].hints.forZones[*].name} | wc -w"
    Then the output is:
      """
      4
      """
    And for 30 seconds a request to "http://auto/" from pod "client" answers 200 from a pod matching "zone=a"

  Scenario: A zone that has no endpoint left is given others'
    When I run "kubectl delete pod in-a-1 in-a-2"
    And 10 seconds pass
    Then a request to "http://auto/" from pod "client" answers 200 from a pod matching "zone=b"
    When I run "kubectl get endpointslices -l kubernetes.io/service-name=auto -o jsonpath={.items[0].endpoints[*].hints.forZones[*].name} | wc -w"
    Then the output is:
      """
      2
      """

  Scenario: With too few endpoints none is hinted, and an event says so
    When I run "kubectl delete pod in-a-1 in-a-2 in-b-1"
    And 10 seconds pass
    And I run "kubectl get endpointslices -l kubernetes.io/service-name=auto -o jsonpath=[{.items[0].endpoints[*].hints}]"
    Then the output is:
      """
      []
      """
    And an event "TopologyAwareHintsDisabled" is recorded for service "auto" saying "Insufficient number of endpoints (1 endpoints, 2 zones)"

  Scenario: Each to its own zone, where trafficDistribution says so
    Then for 30 seconds a request to "http://near/" from pod "client" answers 200 from a pod matching "zone=a"
    When I run "kubectl delete pod in-a-1 in-a-2"
    And 10 seconds pass
    Then a request to "http://near/" from pod "client" answers 200 from a pod matching "zone=b"
