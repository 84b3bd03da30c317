Feature: Invariants blame nobody for what Kubernetes does
  An invariant that cries wolf is worse than none: each of these is as it should be on a real cluster.

  Scenario: Zones that a Pod's node selector rules out do not count for its spread
    Given a cluster with nodes:
      | name   | zone   | labels    |
      | node-1 | zone-a | pool=fast |
      | node-2 | zone-b | pool=fast |
      | node-3 | zone-c | pool=slow |
    And the manifest:
      """
      apiVersion: apps/v1
      kind: Deployment
      metadata: {name: shop}
      spec:
        replicas: 2
        selector: {matchLabels: {app: shop}}
        template:
          metadata: {labels: {app: shop}}
          spec:
            nodeSelector: {pool: fast}
            topologySpreadConstraints:
              - maxSkew: 1
                topologyKey: topology.kubernetes.io/zone
                whenUnsatisfiable: DoNotSchedule
                labelSelector: {matchLabels: {app: shop}}
            containers: [{name: web, image: "nginx:1.25"}]
      """
    And every pod is ready
    # What was bound within the last minute may not yet be known to the scheduler.
    When 2 minutes pass
    And deployment "shop" is scaled to 6
    And 1 minute passes
    Then 6 pods matching "app=shop" are ready
    And the pods of deployment "shop" are on 2 nodes
    And invariant "topology-spread-held" holds

  Scenario: An eviction right after a scale goes by what the budget said before
    Given a cluster with 3 nodes
    And the manifest:
      """
      apiVersion: apps/v1
      kind: Deployment
      metadata: {name: shop}
      spec:
        replicas: 2
        selector: {matchLabels: {app: shop}}
        template:
          metadata: {labels: {app: shop}}
          spec:
            containers: [{name: web, image: "nginx:1.25"}]
      ---
      apiVersion: policy/v1
      kind: PodDisruptionBudget
      metadata: {name: shop}
      spec: {minAvailable: 50%, selector: {matchLabels: {app: shop}}}
      """
    And every pod is ready
    And within 5 seconds pod disruption budget "shop" allows 1 disruption
    When deployment "shop" is scaled to 4
    And every pod matching "app=shop" is evicted within 2 minutes
    And 2 minutes pass
    Then deployment "shop" has 4 of 4 replicas available
    And at every moment at least 1 pod matching "app=shop" was available
    And sometimes exactly 1 pod matching "app=shop" was terminating
    And invariant "budget-honoured" holds

  Scenario: A rollout that waits for minReadySeconds is under way, not stuck
    Given a cluster with 3 nodes
    And the manifest:
      """
      apiVersion: apps/v1
      kind: Deployment
      metadata: {name: shop}
      spec:
        replicas: 6
        minReadySeconds: 240
        strategy: {rollingUpdate: {maxSurge: 1, maxUnavailable: 0}}
        selector: {matchLabels: {app: shop}}
        template:
          metadata: {labels: {app: shop}}
          spec:
            containers: [{name: web, image: "nginx:1.25"}]
      """
    And every pod is ready
    When the image of deployment "shop" is changed to "nginx:1.26"
    And 20 minutes pass
    Then deployment "shop" has 5 of 6 replicas updated
    And at every moment at least 6 pods matching "app=shop" were ready
    And invariant "replicas-converge" holds

  Scenario: Pods on the host's network share their node's address
    Given a cluster with 2 nodes
    And the manifest:
      """
      apiVersion: apps/v1
      kind: Deployment
      metadata: {name: agent}
      spec:
        replicas: 3
        selector: {matchLabels: {app: agent}}
        template:
          metadata: {labels: {app: agent}}
          spec:
            hostNetwork: true
            containers: [{name: agent, image: "registry.example/agent:1"}]
      ---
      apiVersion: v1
      kind: Service
      metadata: {name: agent}
      spec: {selector: {app: agent}, ports: [{port: 80}]}
      """
    And every pod is ready
    When deployment "agent" is scaled to 4
    Then within 1 minute service "agent" routes to 4 pods
    And invariant "endpoints-once" holds

  Scenario Outline: A Pod without room for its <part> is Unschedulable by its own fault
    Given a cluster with 1 node
    And the manifest:
      """
      apiVersion: apps/v1
      kind: Deployment
      metadata: {name: shop}
      spec:
        replicas: 1
        selector: {matchLabels: {app: shop}}
        template:
          metadata: {labels: {app: shop}}
          spec: <spec>
      """
    And every pod is ready
    When deployment "shop" is scaled to 2
    And 20 minutes pass
    And I run "kubectl describe pods --show-events"
    Then the output contains "0/1 nodes are available: 1 Insufficient <resource>"
    And invariant "replicas-converge" holds

    Examples:
      | part           | resource          | spec                                                                                                                                                                   |
      | storage        | ephemeral-storage | {containers: [{name: web, image: "nginx:1.25", resources: {requests: {ephemeral-storage: 30Gi}}}]}                                                                       |
      | init container | cpu               | {initContainers: [{name: prepare, image: "busybox:1.36", command: ["true"], resources: {requests: {cpu: "1900m"}}}], containers: [{name: web, image: "nginx:1.25", resources: {requests: {cpu: "200m"}}}]} |
