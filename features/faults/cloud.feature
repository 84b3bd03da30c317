Feature: A cloud that gives no nodes
  What the cluster autoscaler asks for may come late, or not at all.

  Background:
    Given a cluster with 1 node and a cluster autoscaler
    And the manifest:
      """
      apiVersion: apps/v1
      kind: Deployment
      metadata: {name: web}
      spec:
        replicas: 2
        selector: {matchLabels: {app: web}}
        template:
          metadata: {labels: {app: web}}
          spec:
            containers:
              - {name: nginx, image: nginx, resources: {requests: {cpu: 900m}}}
      """
    And every pod is ready

  Scenario: The group is left alone for five minutes after a machine that did not come
    When the cloud is out of capacity for 2 minutes
    And deployment "web" is scaled to 3
    Then within 3 minutes an event "ScaleUpFailed" is recorded for config map "kube-system/cluster-autoscaler-status"
    And there is no node "node-2"
    When 3 minutes pass
    Then there is no node "node-2"
    And within 10 minutes 3 pods matching "app=web" are ready

  Scenario: Nodes that take too long are given up
    When new nodes take 30 times as long for 30 seconds
    And deployment "web" is scaled to 3
    Then within 16 minutes an event "ScaleUpTimedOut" is recorded for config map "kube-system/cluster-autoscaler-status"
    And within 30 minutes 3 pods matching "app=web" are ready
