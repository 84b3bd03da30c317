@S19
Feature: S19. A node fails, line by line
  The watch of the document, with today's defaults: a heartbeat missed for 50 seconds (40 then), and 300 seconds of
  toleration. Until the first, the API says Running of what is dead; after both, the pod is replaced on the other node.

  Background:
    Given a cluster with 1 node
    And I run "kubectl apply -f ../manifests/sample-deployment.yaml"
    And every pod is ready
    And a new node joins

  Scenario: From Running to Running elsewhere
    When node "node-1" loses power
    Then for 40 seconds exactly 1 pod matching "app=web" is ready
    And at most 0 pods matching "app=web" are serving
    And within 20 seconds at most 0 pods matching "app=web" are ready
    And for 290 seconds at most 0 pods matching "app=web" are terminating
    And within 20 seconds exactly 1 pod matching "app=web" is terminating
    And within 20 seconds exactly 1 pod matching "app=web" is serving
    When I run "kubectl get pods -o wide --watch"
    Then the output contains "Terminating"
    And the output contains "ContainerCreating"
    And the output contains "node-2"
    And the pods of deployment "sample-deployment" are on 2 nodes
    And every pod is ready

  Scenario: The node comes back, and what is terminating goes
    Given node "node-1" loses power for 10 minutes
    When 8 minutes pass
    Then exactly 1 pod matching "app=web" is terminating
    When 3 minutes pass
    Then within 1 minute at most 0 pods matching "app=web" are terminating
    And deployment "sample-deployment" has 1 of 1 replicas available
