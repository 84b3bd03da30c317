@level @commands:2
Feature: Guests that will not leave
  The Pods crash in a loop, so none is healthy, so the budget allows none of them to be evicted, and the drain waits for ever (kubernetes/kubernetes#72320).
  Pods that do no work need no protection: a budget can say so.

  Background:
    Given a cluster with 2 nodes
    And node "node-2" is cordoned
    And image "shop:1" behaves as:
      """
      exits: {after: 2s, code: 1}
      """
    And the manifest:
      """
      apiVersion: apps/v1
      kind: Deployment
      metadata:
        name: web
      spec:
        replicas: 2
        selector:
          matchLabels: {app: web}
        template:
          metadata:
            labels: {app: web}
          spec:
            containers:
              - name: nginx
                image: shop:1
                ports:
                  - containerPort: 80
      ---
      apiVersion: policy/v1
      kind: PodDisruptionBudget
      metadata:
        name: web
      spec:
        minAvailable: 1
        selector:
          matchLabels: {app: web}
      """
    And 2 minutes pass

  @hint
  Scenario: No Pod is healthy, so none may go
    When I run "kubectl get pdb web"
    Then the output contains "0"
    And field ".status.expectedPods" of pod disruption budget "web" is "2"
    And field ".status.desiredHealthy" of pod disruption budget "web" is "1"
    And field ".status.currentHealthy" of pod disruption budget "web" is "0"
    And the pods of deployment "web" are on 1 node

  @hint
  Scenario: unhealthyPodEvictionPolicy: AlwaysAllow lets the unhealthy go
    When I run "kubectl get pods"
    Then the output contains "CrashLoopBackOff"

  @solution
  Scenario: Let the unhealthy go
    When I run "kubectl patch pdb web --type=merge -p '{\"spec\":{\"unhealthyPodEvictionPolicy\":\"AlwaysAllow\"}}'"
    And I run "kubectl drain node-1 --ignore-daemonsets"
    Then within 5 minutes the drain of node "node-1" is finished
