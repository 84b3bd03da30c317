@level @commands:2 @outage:0s @budget
Feature: The drain that never ends
  The shop has one Pod, and a budget that wants one: no eviction is ever allowed. Empty node-1 without breaking the budget, and without an outage.

  Background:
    Given a cluster with 1 node
    And the manifest:
      """
      apiVersion: apps/v1
      kind: Deployment
      metadata:
        name: web
      spec:
        replicas: 1
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
                readinessProbe:
                  httpGet: {path: /, port: 80}
                  periodSeconds: 5
                lifecycle:
                  preStop:
                    exec: {command: ["sleep", "5"]}
      ---
      apiVersion: v1
      kind: Service
      metadata:
        name: web
      spec:
        selector: {app: web}
        ports:
          - port: 80
            targetPort: 80
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
    And every pod is ready
    And a new node joins
    And a client sends 5 requests per second to "http://web/"
    And 2 seconds pass

  @hint
  Scenario: The budget allows no disruption
    When I run "kubectl get pdb"
    Then the output contains "0"
    And pod disruption budget "web" allows 0 disruptions
    And field ".status.expectedPods" of pod disruption budget "web" is "1"

  @hint
  Scenario: With a second Pod, one of them may go
    When I run "kubectl get deployment web"
    Then the output contains "1/1"

  @solution
  Scenario: Have two, then drain
    When I run "kubectl scale deployment web --replicas=2"
    And I run "kubectl drain node-1 --ignore-daemonsets"
    Then within 5 minutes the drain of node "node-1" is finished
    And within 5 minutes service "web" is available
    And no request failed
