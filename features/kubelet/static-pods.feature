Feature: Pods that a kubelet has from files
  Beside each stands a mirror in the API, under a uid of its own. Whoever asks for the mirror is led to the Pod.

  Background:
    Given a cluster with 1 control plane node and 1 worker
    And every pod is ready
    And 10 seconds pass

  Scenario: A command and a crash come to the container that runs
    When I run "kubectl exec -n kube-system etcd-control-plane-1 -- hostname"
    Then the output contains "control-plane-1"
    When container "etcd" of pod "kube-system/etcd-control-plane-1" crashes
    Then within 1 minute container "etcd" of pod "kube-system/etcd-control-plane-1" has restarted once
    And every pod is ready
