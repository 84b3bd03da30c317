Feature: Nodes fail in many ways
  Whether the machine, its kubelet, its runtime or its network fails makes a difference: to what runs on, to what the API says, and to when Pods are replaced.

  Background:
    Given a cluster with nodes:
      | name   | zone   |
      | node-1 | zone-a |
      | node-2 | zone-a |
      | node-3 | zone-b |
    And the manifest in "web.yaml"
    And every pod is ready

  Scenario: A zone without power is noticed after the grace period
    When zone "zone-a" loses power for 3 minutes
    And 1 minute passes
    Then node "node-1" is unknown
    And node "node-2" is unknown
    And within 3 minutes node "node-1" is ready
    And within 1 minute node "node-2" is ready
    And within 1 minute exactly 3 pods matching "app=web" are serving
    And every pod is ready

  Scenario: One of the nodes of a zone at random
    When a node matching "topology.kubernetes.io/zone=zone-a" reboots in 30 seconds
    And 5 minutes pass
    Then node "node-1" is ready
    And node "node-2" is ready
    And exactly 3 pods matching "app=web" are ready
    And sometimes at most 2 pods matching "app=web" were serving

  Scenario: Rebooted in turn without a drain, each Pod restarts where it is
    When every node is rebooted in turn
    And 5 minutes pass
    Then exactly 3 pods matching "app=web" are ready
    And at every moment at least 1 pod matching "app=web" was serving
    And sometimes at most 2 pods matching "app=web" were serving
    And at no moment exactly 4 pods matching "app=web" were running

  Scenario: A machine shut down in order ends its Pods first, and boots again
    When node "node-1" shuts down gracefully for 2 minutes
    And 1 minute passes
    Then node "node-1" is not ready
    And within 2 minutes node "node-1" is ready
    And within 2 minutes deployment "web" has 3 of 3 replicas available

  Scenario: A machine that lost power stays off until it is powered on
    When node "node-1" loses power
    And 10 minutes pass
    Then node "node-1" is unknown
    When node "node-1" is powered on
    Then within 2 minutes node "node-1" is ready
    And every pod is ready

  Scenario: A stopped kubelet leaves containers running
    When the kubelet of node "node-1" stops for 3 minutes
    And 2 minutes pass
    Then node "node-1" is unknown
    And exactly 3 pods matching "app=web" are serving
    And within 2 minutes node "node-1" is ready
    And every pod is ready

  Scenario: A restarted kubelet takes over what runs, and has forgotten how long it meant to wait
    Given the manifest in "server.yaml"
    And every pod is ready
    When container "nginx" of pod "server" crashes in a loop for 3 minutes
    Then within 3 minutes container "nginx" of pod "server" has restarted 5 times
    # The back-off is 160 s by now.
    When 5 seconds pass
    And the kubelet of every node restarts
    Then within 10 seconds container "nginx" of pod "server" has restarted 6 times
    And within 5 minutes pod "server" is ready
    And at every moment exactly 3 pods matching "app=web" were serving

  Scenario: A frozen kubelet misses its heartbeats, and goes on where it stood
    When the kubelet of node "node-1" freezes for 2 minutes
    And 90 seconds pass
    Then node "node-1" is unknown
    And exactly 3 pods matching "app=web" are serving
    And within 1 minute node "node-1" is ready

  Scenario: Without its runtime a node says that it is not ready
    When the container runtime of node "node-1" stops for 2 minutes
    And 1 minute passes
    Then node "node-1" is not ready
    And exactly 3 pods matching "app=web" are serving
    And within 2 minutes node "node-1" is ready

  Scenario: A clock that is fast makes new Pods available too late
    Given the manifest:
      """
      apiVersion: apps/v1
      kind: Deployment
      metadata: {name: patient}
      spec:
        replicas: 1
        minReadySeconds: 10
        selector: {matchLabels: {app: patient}}
        template:
          metadata: {labels: {app: patient}}
          spec: {containers: [{name: main, image: "nginx:1.27"}]}
      """
    And every pod is ready
    When the clock of every node runs 5 minutes fast for 20 minutes
    And a pod matching "app=patient" is deleted
    And 4 minutes pass
    Then deployment "patient" has 1 of 1 replicas ready
    And deployment "patient" has 0 of 1 replicas available
    And within 2 minutes deployment "patient" has 1 of 1 replicas available

  Scenario Outline: What runs out (<what>) is told by a condition, and costs Pods their place
    When every node runs out of <what> for 2 minutes
    And 1 minute passes
    Then at most 2 pods matching "app=web" are running
    When I run "kubectl describe nodes node-1"
    Then the output contains "<condition>"
    And within 15 minutes exactly 3 pods matching "app=web" are ready

    Examples:
      | what        | condition                    |
      | memory      | KubeletHasInsufficientMemory |
      | disk        | KubeletHasDiskPressure       |
      | process ids | KubeletHasInsufficientPID    |

  Scenario: Without its network a node is lost to everyone, and its Pods run on
    When node "node-1" loses its network for 2 minutes
    And 90 seconds pass
    Then node "node-1" is unknown
    And within 2 minutes node "node-1" is ready
    And within 1 minute a request to "http://web/" answers 200

  Scenario: On a slow node everything takes longer
    When every node is slowed down 20 times for 10 minutes
    And a pod matching "app=web" is deleted
    And 8 seconds pass
    Then at most 2 pods matching "app=web" are ready
    And within 5 minutes exactly 3 pods matching "app=web" are ready

  Scenario: Cordoned for a while, a node takes no new Pods
    When node "node-1" is cordoned for 1 minute
    Then node "node-1" is cordoned
    When 1 minute passes
    Then within 5 seconds node "node-1" is ready
    And at no moment node "node-2" was cordoned

  Scenario: Drained for a while
    When node "node-1" is drained for 2 minutes
    Then node "node-1" is cordoned
    And within 1 minute deployment "web" has 3 of 3 replicas available

  Scenario: A deleted Node object takes its Pods with it, until the kubelet registers anew
    When the Node object of node "node-1" is deleted for 3 minutes
    And 2 minutes pass
    Then deployment "web" has 3 of 3 replicas available
    When I run "kubectl get nodes"
    Then the output is:
      """
      NAME     STATUS   ROLES    AGE   VERSION
      node-2   Ready    <none>   3m    v1.36.0
      node-3   Ready    <none>   3m    v1.36.0
      """
    When 2 minutes pass
    Then node "node-1" is ready
