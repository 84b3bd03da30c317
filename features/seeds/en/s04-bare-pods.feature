@S4
Feature: S4. A Pod dies with its node, a Deployment's is replaced
  Nobody watches over a Pod that was made by hand: it is bound to its node for life. That is why, as the document says,
  a Deployment is best practice even for a single replica.

  Background:
    Given a cluster with 1 node
    And I run "kubectl apply -f ../manifests/my-first-pod.yaml -f ../manifests/sample-deployment.yaml"
    And every pod is ready
    And a new node joins

  Scenario: The node fails for good
    When node "node-1" loses power
    Then within 7 minutes exactly 1 pod matching "app=web" is serving
    And at most 0 pods matching "component=nginx" are serving
    When 10 minutes pass
    And I run "kubectl get pods -l component=nginx"
    Then the output is:
      """
      NAME           READY   STATUS        RESTARTS   AGE
      my-first-pod   1/1     Terminating   0          17m
      """
    And at most 0 pods matching "component=nginx" are serving

  Scenario: The node is deleted from the cluster
    When node "node-1" loses power
    And 1 minute passes
    Then node "node-1" is unknown
    When I run "kubectl delete node node-1"
    Then within 2 minutes pod "my-first-pod" is gone
    And within 2 minutes exactly 1 pod matching "app=web" is serving
    And for 10 minutes pod "my-first-pod" is gone

  Scenario: A Pod that is deleted stays deleted
    When I run "kubectl delete pod my-first-pod"
    Then for 10 minutes pod "my-first-pod" is gone
