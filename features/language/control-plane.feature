Feature: Parts of the control plane are down for a while
  What runs, runs on; what would have to be decided waits. A fault with a duration heals by itself.

  Background:
    Given a cluster with nodes:
      | name  | zone   | labels   | taints                |
      | east  | zone-a | disk=ssd |                       |
      | west  | zone-b |          |                       |
      | south | zone-c |          | dedicated=x:NoExecute |
    And the manifest:
      """
      apiVersion: apps/v1
      kind: ReplicaSet
      metadata:
        name: web
      spec:
        replicas: 2
        selector:
          matchLabels:
            app: web
        template:
          metadata:
            labels:
              app: web
          spec:
            containers:
              - name: web
                image: nginx:1.27
      """
    And every pod is ready

  Scenario: Without the scheduler new pods wait
    When the scheduler is down for 5 minutes
    And replica set "web" is scaled to 3
    And 4 minutes pass
    Then exactly 1 pod matching "app=web" is pending
    And within 2 minutes replica set "web" has 3 of 3 replicas ready
    And at every moment at least 2 pods matching "app=web" were ready

  Scenario: Without the controller manager nothing is replaced
    When the controller manager is down for 5 minutes
    And every pod matching "app=web" is deleted
    And 2 minutes pass
    Then no pods matching "app=web" are running
    And within 4 minutes replica set "web" has 2 of 2 replicas ready

  Scenario: A cordoned node takes no new pods
    When node "east" is cordoned
    Then node "east" is cordoned
    When replica set "web" is scaled to 4
    Then within 1 minute exactly 4 pods matching "app=web" are ready
    And at no moment at least 1 pod matching "app=web" was failed
    And node "west" is ready
