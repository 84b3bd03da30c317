@level @commands:2 @budget
Feature: One budget too many
  A chart brought a budget, the team added another. A Pod that two budgets select cannot be evicted at all: the API server answers with an error. Empty node-1, and keep the budget of the chart.

  Background:
    Given a cluster with 3 nodes
    And the manifest:
      """
      apiVersion: apps/v1
      kind: Deployment
      metadata:
        name: web
      spec:
        replicas: 3
        selector:
          matchLabels:
            app: web
        template:
          metadata:
            labels:
              app: web
          spec:
            containers:
              - name: nginx
                image: nginx:1.12
                ports:
                  - containerPort: 80
                readinessProbe:
                  httpGet:
                    path: /
                    port: 80
                  periodSeconds: 2
      ---
      apiVersion: policy/v1
      kind: PodDisruptionBudget
      metadata:
        name: web-of-the-chart
      spec:
        maxUnavailable: 1
        selector:
          matchLabels:
            app: web
      ---
      apiVersion: policy/v1
      kind: PodDisruptionBudget
      metadata:
        name: web-of-the-team
      spec:
        minAvailable: 2
        selector:
          matchLabels:
            app: web
      """
    And every pod is ready

  @hint
  Scenario: Two budgets select the same Pods
    When I run "kubectl get pdb"
    Then the output contains "web-of-the-team"
    And field ".status.desiredHealthy" of pod disruption budget "web-of-the-team" is "2"
    And field ".status.desiredHealthy" of pod disruption budget "web-of-the-chart" is "2"

  @hint
  Scenario: Only one budget may be over a Pod that is evicted
    When I run "kubectl drain node-1 --ignore-daemonsets --timeout=30s"
    Then the command fails with "This pod has more than one PodDisruptionBudget"

  @solution
  Scenario: Leave one out, then drain
    When I run "kubectl delete pdb web-of-the-team"
    And I run "kubectl drain node-1 --ignore-daemonsets"
    Then within 5 minutes the drain of node "node-1" is finished
    And within 5 minutes deployment "web" has 3 of 3 replicas available
    And there is a pod disruption budget "web-of-the-chart"
