Feature: Manifests that must be refused, and drains that must not finish
  What a cluster does not take, and what a budget does not let go, is as much worth a scenario as what works.

  Background:
    Given a cluster with 2 nodes
    And image "envoy:1.31" behaves as:
      """
      listens: [9901]
      """
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
            initContainers:
              - name: proxy
                image: envoy:1.31
                restartPolicy: Always
            containers: [{name: web, image: "nginx:1.27"}]
      ---
      apiVersion: policy/v1
      kind: PodDisruptionBudget
      metadata: {name: web}
      spec:
        maxUnavailable: 0
        selector: {matchLabels: {app: web}}
      """
    And every pod is ready

  Scenario: A selector that does not select its own template is refused
    Then the manifest is refused with "`selector` does not match template `labels`":
      """
      apiVersion: apps/v1
      kind: Deployment
      metadata: {name: shop}
      spec:
        selector: {matchLabels: {app: shop}}
        template:
          metadata: {labels: {app: stop}}
          spec: {containers: [{name: shop, image: "nginx:1.27"}]}
      """
    And the manifest is refused with "field is immutable":
      """
      apiVersion: apps/v1
      kind: Deployment
      metadata: {name: web}
      spec:
        selector: {matchLabels: {app: other}}
        template:
          metadata: {labels: {app: other}}
          spec: {containers: [{name: web, image: "nginx:1.27"}]}
      """
    And deployment "web" has 2 of 2 replicas available

  Scenario: A drain that a budget never lets finish
    When node "node-1" is drained without waiting
    Then for 30 minutes the drain of node "node-1" is not finished
    And at every moment exactly 2 pods matching "app=web" were available
    When I run "kubectl delete pdb web"
    Then within 1 minute the drain of node "node-1" is finished
    And within 1 minute deployment "web" has 2 of 2 replicas available

