@S22
Feature: S22. A control plane that outlives a part of itself
  On each of three control plane nodes run a member of etcd, an API server, a controller manager and a scheduler.
  etcd needs two of its members to read and to write. The API servers stand behind one name: whose server is lost goes to
  another. Of controller managers and schedulers one leads: it holds a Lease, and when it dies the next one waits until that
  has run out.

  Background:
    Given a cluster with 3 control plane nodes and 2 workers
    And I run "kubectl apply -f ../manifests/nginx-clusterip.yaml"
    And every pod is ready
    And 2 seconds pass

  Scenario: One member of three is lost, and all goes on
    At most a pause while the others choose a leader, where it was the lost one who led.
    When the leader of etcd stops for 10 minutes
    And 3 seconds pass
    And I run "kubectl get pods -n kube-system -l component=etcd --no-headers | wc -l"
    Then the output is:
      """
      2
      """
    When I run "kubectl scale deployment nginx-deployment --replicas=5"
    Then within 30 seconds exactly 5 pods matching "app=nginx" are ready
    And every pod is ready

  Scenario: Two are lost: nothing is read or written, what runs serves on, and nothing is lost
    When I run "kubectl scale deployment nginx-deployment --replicas=4"
    And 20 seconds pass
    And etcd loses 2 members for 3 minutes
    And 2 seconds pass
    And I run "kubectl scale deployment nginx-deployment --replicas=5"
    Then the command fails with "etcdserver"
    When I run "kubectl get pods"
    Then the command fails with "etcdserver"
    And for 1 minute a request to "http://nginx-service/" answers 200
    When 3 minutes pass
    And I run "kubectl get deployment nginx-deployment"
    Then the output contains "4/4"
    When I run "kubectl scale deployment nginx-deployment --replicas=5"
    Then within 1 minute exactly 5 pods matching "app=nginx" are ready

  Scenario: One API server is lost, and its clients go to another
    When the api server of node "control-plane-1" stops for 5 minutes
    And 2 seconds pass
    Then there is no pod "kube-system/kube-apiserver-control-plane-1"
    When I run "kubectl scale deployment nginx-deployment --replicas=5"
    Then within 1 minute exactly 5 pods matching "app=nginx" are ready
    And at every moment node "node-1" was ready

  Scenario: A whole control plane node loses power
    When node "control-plane-2" loses power for 10 minutes
    And 90 seconds pass
    Then node "control-plane-2" is unknown
    When a pod matching "app=nginx" is deleted
    Then within 30 seconds exactly 3 pods matching "app=nginx" are ready
    And sometimes at most 2 pods matching "app=nginx" were ready
    And at every moment service "nginx-service" was available

  Scenario: The leading controller manager dies, and another takes over when its Lease has run out
    When the leading controller manager fails over
    And a pod matching "app=nginx" is deleted
    Then within 5 seconds exactly 2 pods matching "app=nginx" are running
    And for 5 seconds exactly 2 pods matching "app=nginx" are running
    And within 30 seconds exactly 3 pods matching "app=nginx" are ready
    And at every moment service "nginx-service" was available
