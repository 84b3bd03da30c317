Feature: A node fails, and its pods come up elsewhere
  Nobody tells Kubernetes that a machine has lost power. Its heartbeats stop; after 50 seconds the node counts as
  Unknown and is tainted; 300 seconds later (the toleration every pod gets) its pods are deleted, and replaced on another node.

  Background:
    Given a cluster with 2 nodes
    And node "node-2" is cordoned
    And the manifest in "sample-deployment.yaml"
    And every pod is ready
    And node "node-2" is uncordoned

  Scenario: The replacement runs on the other node
    When node "node-1" loses power
    Then for 30 seconds at least 1 pod matching "app=web" is ready
    And at most 0 pods matching "app=web" are serving
    And within 1 minute at most 0 pods matching "app=web" are ready
    And for 4 minutes at most 1 pod matching "app=web" is running
    And within 3 minutes an event "TaintManagerEviction" is recorded for a pod matching "app=web" saying "Marking for deletion Pod"
    And within 30 seconds at least 1 pod matching "app=web" is serving
    When I run "kubectl get pods -o wide --watch"
    Then the output contains "Terminating"

  Scenario: The old pod stays Terminating until its node is back
    When node "node-1" loses power for 10 minutes
    And 8 minutes pass
    Then exactly 1 pod matching "app=web" is terminating
    And exactly 1 pod matching "app=web" is serving
    When 4 minutes pass
    Then at most 0 pods matching "app=web" are terminating
    And deployment "sample-deployment" has 1 of 1 replicas available

  Scenario: A short outage restarts the pod where it was
    When node "node-1" loses power for 30 seconds
    Then for 20 seconds at most 0 pods matching "app=web" are serving
    And within 2 minutes at least 1 pod matching "app=web" is serving
    And eventually deployment "sample-deployment" has 1 of 1 replicas available
    And at every moment at most 1 pod matching "app=web" was running
