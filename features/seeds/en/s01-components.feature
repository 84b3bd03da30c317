@S1
Feature: S1. What a cluster is made of, and what each part is for
  On the control plane API server, etcd, controller manager and scheduler; on each node kubelet, kube-proxy and container
  runtime. Each is a process of its own. What one is for shows when it is not there, and so does what goes on without it.

  Background:
    Given a cluster with 2 nodes
    And I run "kubectl apply -f ../manifests/nginx-clusterip.yaml -f ../manifests/bastion.yaml"
    And every pod is ready
    And 2 seconds pass

  Scenario: The API server: no more commands, and pods serve on
    When the api server is down for 3 minutes
    And I run "kubectl get pods"
    Then the command fails with "refused"
    And for 2 minutes a request to "http://nginx-service/" answers 200
    When 1 minute passes
    And I run "kubectl get pods"
    Then the output contains "nginx-deployment-"

  Scenario: etcd without a majority: nothing can be written, and pods serve on
    When etcd loses quorum for 2 minutes
    And I run "kubectl scale deployment nginx-deployment --replicas=5"
    Then the command fails with "etcdserver"
    And for 1 minute a request to "http://nginx-service/" answers 200

  Scenario: The scheduler: new pods have no node
    When the scheduler is down for 3 minutes
    And I run "kubectl scale deployment nginx-deployment --replicas=5"
    Then within 10 seconds exactly 2 pods matching "app=nginx" are pending
    And for 2 minutes exactly 2 pods matching "app=nginx" are pending
    And within 3 minutes exactly 5 pods matching "app=nginx" are ready

  Scenario: The controller manager: nobody replaces what is gone
    When the controller manager is down for 3 minutes
    And a pod matching "app=nginx" is deleted
    Then within 40 seconds exactly 2 pods matching "app=nginx" are running
    And for 2 minutes exactly 2 pods matching "app=nginx" are running
    And within 3 minutes exactly 3 pods matching "app=nginx" are ready

  Scenario: The kubelet: what runs runs on, but nobody looks after it
    When the kubelet of node "node-1" stops
    And the kubelet of node "node-2" stops
    Then for 30 seconds a request to "http://nginx-service/" answers 200
    And within 1 minute node "node-1" is unknown
    And node "node-2" is unknown
    When a container of every pod matching "app=nginx" is killed
    Then for 5 minutes a request to "http://nginx-service/" is refused
    And at least 3 pods matching "app=nginx" are running

  Scenario: kube-proxy: routes stay as they were
    When kube-proxy of every node stops for 10 minutes
    And I run "kubectl delete deployment nginx-deployment"
    And I run "kubectl apply -f ../manifests/deployment-sample.yaml"
    And 1 minute passes
    Then service "nginx-service" routes to 3 pods
    And a request to "http://nginx-service/" from pod "bastion" times out
    When 10 minutes pass
    Then a request to "http://nginx-service/" from pod "bastion" answers 200

  Scenario: The container runtime: no container can begin
    When the container runtime of node "node-1" stops for 4 minutes
    And the container runtime of node "node-2" stops for 4 minutes
    And I run "kubectl apply -f ../manifests/my-first-pod.yaml"
    Then for 3 minutes pod "my-first-pod" is not ready
    And within 3 minutes pod "my-first-pod" is ready
