Feature: Pods that stand where nobody would put them today
  A descheduler evicts Pods by a policy; the scheduler finds them another place. Budgets hold.

  Background:
    Given a cluster with 3 nodes

  Scenario: After an outage the Pods of a Deployment are spread again
    Given the manifest:
      """
      apiVersion: apps/v1
      kind: Deployment
      metadata: {name: web}
      spec:
        replicas: 6
        selector: {matchLabels: {app: web}}
        template:
          metadata: {labels: {app: web}}
          spec:
            containers: [{name: nginx, image: nginx}]
      ---
      apiVersion: policy/v1
      kind: PodDisruptionBudget
      metadata: {name: web}
      spec: {minAvailable: 5, selector: {matchLabels: {app: web}}}
      """
    And a descheduler runs every 2 minutes with the policy:
      """
      apiVersion: descheduler/v1alpha2
      kind: DeschedulerPolicy
      profiles:
        - name: default
          plugins:
            balance: {enabled: [RemoveDuplicates]}
      """
    And every pod is ready
    When node "node-3" is drained
    And 1 minute passes
    Then the pods of deployment "web" are on 2 nodes
    And at most 3 pods matching "app=web" per node
    When node "node-3" is uncordoned
    Then within 10 minutes the pods of deployment "web" are on 3 nodes
    And pod disruption budget "web" was honoured
    And at every moment at least 5 pods matching "app=web" were available

  Scenario: What has no place elsewhere stays
    Given the manifest:
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
            nodeSelector: {kubernetes.io/hostname: node-1}
            containers: [{name: nginx, image: nginx}]
      """
    And a descheduler runs every 2 minutes with the policy:
      """
      apiVersion: descheduler/v1alpha2
      kind: DeschedulerPolicy
      profiles:
        - name: default
          plugins:
            balance: {enabled: [RemoveDuplicates]}
      """
    And every pod is ready
    When 30 minutes pass
    Then at every moment exactly 2 pods matching "app=web" were available
