Feature: Parts of a control plane that is on nodes fail
  Of each part there are three, one on each control plane node. One that stops is missed for as long as the others take to
  notice: connections break at once, etcd chooses a leader within seconds, a Lease runs out after fifteen.

  Background:
    Given a cluster with 3 control plane nodes and 2 workers
    And the manifest in "web.yaml"
    And every pod is ready

  Scenario: An API server of three: its clients go to another
    When the api server of node "control-plane-1" stops for 5 minutes
    And 3 seconds pass
    Then there is no pod "kube-system/kube-apiserver-control-plane-1"
    When I run "kubectl scale deployment web --replicas=4"
    Then within 1 minute deployment "web" has 4 of 4 replicas available
    And at every moment node "node-1" was ready

  Scenario: A member of etcd that follows is not missed, and comes back
    When etcd of node "control-plane-3" stops for 2 minutes
    And 3 seconds pass
    Then there is no pod "kube-system/etcd-control-plane-3"
    When I run "kubectl scale deployment web --replicas=4"
    Then within 1 minute deployment "web" has 4 of 4 replicas available
    When 3 minutes pass
    And I run "kubectl get pod etcd-control-plane-3 -n kube-system"
    Then the output contains "1/1     Running"

  Scenario: One of three etcd members is not missed
    When etcd loses 1 member for 5 minutes
    And 5 seconds pass
    And I run "kubectl get pods -n kube-system -l component=etcd --no-headers | wc -l"
    Then the output is:
      """
      2
      """
    When I run "kubectl scale deployment web --replicas=4"
    Then within 1 minute deployment "web" has 4 of 4 replicas available

  Scenario: The member that leads etcd: a pause, and another leads
    When the leader of etcd stops for 2 minutes
    And 1 second passes
    And I run "kubectl scale deployment web --replicas=4"
    Then the command fails with "etcdserver"
    When 4 seconds pass
    And I run "kubectl scale deployment web --replicas=4"
    Then within 1 minute deployment "web" has 4 of 4 replicas available
    And every pod is ready

  Scenario: Two leaders of etcd one after the other: no majority is left, until one is back
    When the leader of etcd stops for 2 minutes
    And 5 seconds pass
    And the leader of etcd stops for 1 minute
    And 5 seconds pass
    And I run "kubectl get pods"
    Then the command fails with "etcdserver"
    And exactly 3 pods matching "app=web" are serving
    When 2 minutes pass
    And I run "kubectl get deployment web"
    Then the output contains "3/3"

  Scenario: A scheduler that is told to stop lets go of its Lease: the next one places pods at once
    When the scheduler of node "control-plane-2" stops for 5 minutes
    And the scheduler of node "control-plane-3" stops for 5 minutes
    And I run "kubectl scale deployment web --replicas=4"
    Then within 30 seconds deployment "web" has 4 of 4 replicas available
    When 10 seconds pass
    And I run "kubectl get lease kube-scheduler -n kube-system"
    Then the output contains "kube-scheduler   control-plane-1_"

  Scenario: All three schedulers: nobody places pods
    When the scheduler of node "control-plane-1" stops for 3 minutes
    And the scheduler of node "control-plane-2" stops for 3 minutes
    And the scheduler of node "control-plane-3" stops for 3 minutes
    And 30 seconds pass
    And I run "kubectl scale deployment web --replicas=4"
    Then within 5 seconds exactly 1 pod matching "app=web" is pending
    And for 2 minutes exactly 1 pod matching "app=web" is pending
    And within 3 minutes deployment "web" has 4 of 4 replicas available
    And every pod is ready

  Scenario: Controller managers of three are not missed for long
    When the controller manager of node "control-plane-1" stops for 5 minutes
    And the controller manager of node "control-plane-2" stops for 5 minutes
    And a pod matching "app=web" is deleted
    Then within 40 seconds deployment "web" has 3 of 3 replicas available
    And sometimes deployment "web" had 2 of 3 replicas available
    When I run "kubectl get lease kube-controller-manager -n kube-system"
    Then the output contains "kube-controller-manager   control-plane-3_"
