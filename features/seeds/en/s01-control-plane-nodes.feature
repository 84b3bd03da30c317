@S1
Feature: S1. Where the control plane runs, as a newcomer finds it
  API server, etcd, controller manager and scheduler are pods too, of a kind that nobody asked the API for: the kubelet of a
  control plane node runs them from files. kube-proxy and the network are on every node, names are answered by CoreDNS.

  Background:
    Given a cluster with 1 control plane node and 2 workers

  Scenario: Nodes by role, and the pods of kube-system
    When I run "kubectl get nodes"
    Then the output contains "control-plane-1   Ready    control-plane"
    And the output contains "node-1            Ready    <none>"
    When I run "kubectl get pods -n kube-system"
    Then the output contains "etcd-control-plane-1 "
    And the output contains "kube-apiserver-control-plane-1 "
    And the output contains "kube-controller-manager-control-plane-1 "
    And the output contains "kube-scheduler-control-plane-1 "
    And the output contains "coredns-"
    When I run "kubectl get daemonsets -n kube-system"
    Then the output contains "kube-proxy   3         3         3"
    When I run "kubectl get leases -n kube-system"
    Then the output contains "kube-scheduler            control-plane-1_"

  Scenario: What the kubelet runs from a file is not ended by deleting what the API shows of it
    When I run "kubectl delete pod etcd-control-plane-1 -n kube-system"
    And 5 seconds pass
    And I run "kubectl get pods -n kube-system"
    Then the output contains "etcd-control-plane-1                      1/1     Running   0"
    And sometimes there was no pod "kube-system/etcd-control-plane-1"

  Scenario: The scheduler is a pod: without it others wait
    When the scheduler of node "control-plane-1" stops for 3 minutes
    And 20 seconds pass
    And I run "kubectl apply -f ../manifests/my-first-pod.yaml"
    Then for 2 minutes pod "my-first-pod" is pending
    And within 3 minutes pod "my-first-pod" is ready
    And every pod is ready

  Scenario: The only API server: nobody is answered, and what runs runs on
    When I run "kubectl apply -f ../manifests/nginx-clusterip.yaml"
    And every pod is ready
    And 2 seconds pass
    And the api server of node "control-plane-1" stops for 3 minutes
    And 30 seconds pass
    And I run "kubectl get pods"
    Then the command fails with "refused"
    And for 2 minutes a request to "http://nginx-service/" answers 200

  Scenario: Asked how it is, the control plane answers
    When I run "kubectl get --raw /readyz?verbose"
    Then the output contains "[+]etcd ok"
    And the output contains "readyz check passed"
    When I run "kubectl get componentstatuses"
    Then the output contains "Warning: v1 ComponentStatus is deprecated in v1.19+"
    And the output contains "etcd-0               Healthy   ok"
    When I run "kubectl cluster-info"
    Then the output contains "CoreDNS is running at"
    When the scheduler of node "control-plane-1" stops for 3 minutes
    And 20 seconds pass
    And I run "kubectl get cs scheduler"
    Then the output contains "Unhealthy"
