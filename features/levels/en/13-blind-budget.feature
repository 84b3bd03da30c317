@level @commands:1
Feature: A budget for nobody
  There is a budget, and it protects nothing: by a slip it selects Pods that do not exist. Nobody will notice before the next maintenance.

  Background:
    Given a cluster with 2 nodes
    And the manifest:
      """
      apiVersion: apps/v1
      kind: Deployment
      metadata:
        name: web
      spec:
        replicas: 3
        selector:
          matchLabels: {app: web}
        template:
          metadata:
            labels: {app: web}
          spec:
            containers:
              - name: nginx
                image: nginx:1.12
                ports:
                  - containerPort: 80
      ---
      apiVersion: policy/v1
      kind: PodDisruptionBudget
      metadata:
        name: web
      spec:
        minAvailable: 2
        selector:
          matchLabels: {app: wbe}
      """
    And every pod is ready
    And 5 seconds pass

  @hint
  Scenario: It allows no disruption since it counts no Pods
    When I run "kubectl get pdb web"
    Then the output contains "0"

  @hint
  Scenario: Compare its selector with the labels of the Pods
    When I run "kubectl get pdb web -o yaml"
    Then the output contains "wbe"

  @solution
  Scenario: Select the Pods that are there
    When I run "kubectl patch pdb web --type=merge -p '{\"spec\":{\"selector\":{\"matchLabels\":{\"app\":\"web\"}}}}'"
    Then within 1 minute pod disruption budget "web" allows 1 disruption
