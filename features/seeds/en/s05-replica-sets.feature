@S5
Feature: S5. A ReplicaSet keeps as many pods as it was asked for
  In the order of the document: one pod by hand, a ReplicaSet whose selector takes it in, a pod deleted, one more
  by apply, and the ReplicaSet deleted with all that it has.

  Background:
    Given a cluster with 2 nodes
    And I run "kubectl apply -f ../manifests/bastion.yaml -f ../manifests/my-first-pod.yaml"
    And every pod is ready

  Scenario: It counts the pod that was there already
    When I run "kubectl apply -f ../manifests/nginx-replicaset-3.yaml"
    Then the output is:
      """
      replicaset.apps/nginx-replicaset created
      """
    When 13 seconds pass
    And I run "kubectl get replicaset"
    Then the output is:
      """
      NAME               DESIRED   CURRENT   READY   AGE
      nginx-replicaset   3         3         3       13s
      """
    And exactly 3 pods matching "component=nginx" are ready
    When I run "kubectl get pod my-first-pod -o jsonpath={.metadata.ownerReferences[0].name}"
    Then the output is:
      """
      nginx-replicaset
      """

  Scenario: A deleted pod comes back
    Given I run "kubectl apply -f ../manifests/nginx-replicaset-3.yaml"
    And every pod is ready
    When I run "kubectl delete pod my-first-pod"
    Then the output contains:
      """
      pod "my-first-pod" deleted
      """
    And within 10 seconds exactly 3 pods matching "component=nginx" are ready
    And pod "my-first-pod" is gone

  Scenario: Four, by apply
    Given I run "kubectl apply -f ../manifests/nginx-replicaset-3.yaml"
    And every pod is ready
    When I run "kubectl apply -f ../manifests/nginx-replicaset-4.yaml"
    Then the output is:
      """
      replicaset.apps/nginx-replicaset configured
      """
    And within 10 seconds replica set "nginx-replicaset" has 4 of 4 replicas ready

  Scenario: Deleted, it takes its pods with it
    Given I run "kubectl apply -f ../manifests/nginx-replicaset-4.yaml"
    And a client sends 20 requests per second to "http://my-first-service/"
    And I run "kubectl apply -f ../manifests/nginx-service.yaml"
    And every pod is ready
    And within 5 seconds a request to "http://my-first-service/" answers 200
    When I run "kubectl delete replicaset nginx-replicaset"
    Then the output contains:
      """
      replicaset.apps "nginx-replicaset" deleted
      """
    And within 1 second exactly 4 pods matching "component=nginx" are terminating
    And within 40 seconds at most 0 pods matching "component=nginx" are running
    And pod "bastion" is ready
    And every pod is ready
