Feature: Nodes by need
  A cluster autoscaler asks its cloud for nodes where Pods find no place, and gives back those that nobody has
  needed for ten minutes, within the bounds of each node group.

  Background:
    Given a cluster with 2 nodes and a cluster autoscaler
    And the manifest:
      """
      apiVersion: apps/v1
      kind: Deployment
      metadata: {name: web}
      spec:
        replicas: 4
        selector: {matchLabels: {app: web}}
        template:
          metadata: {labels: {app: web}}
          spec:
            containers:
              - {name: nginx, image: nginx, resources: {requests: {cpu: 900m}}}
      """
    And every pod is ready

  Scenario: Pods that find no place are given a node, which goes when they do
    When deployment "web" is scaled to 6
    Then within 3 minutes 6 pods matching "app=web" are ready
    And there is a node "node-3"
    When deployment "web" is scaled to 2
    Then within 25 minutes there is no node "node-3"
    And at every moment at least 1 pod matching "app=web" was available

  Scenario: No group has a node for what is larger than its nodes
    When the manifest:
      """
      apiVersion: v1
      kind: Pod
      metadata: {name: huge}
      spec:
        containers:
          - {name: nginx, image: nginx, resources: {requests: {cpu: "3"}}}
      """
    Then within 1 minute an event "NotTriggerScaleUp" is recorded for pod "huge" saying "1 Insufficient cpu"
