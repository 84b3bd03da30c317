@level @commands:1 @outage:0s @budget
Feature: Maintenance at noon
  Node-1 needs a new disk. Empty it; the budget says that one Pod at least has to stay available.
  A drain evicts Pods, and an eviction asks the budget first.

  Background:
    Given a cluster with 2 nodes
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
    And a client sends 5 requests per second to "http://web/"
    And 2 seconds pass

  @hint
  Scenario: Pods on a node are evicted by kubectl drain
    When I run "kubectl get pods -o wide"
    Then the output contains "node-1"
    And pod disruption budget "web" allows 1 disruption

  @solution
  Scenario: Drain the node
    When I run "kubectl drain node-1 --ignore-daemonsets"
    Then within 5 minutes the drain of node "node-1" is finished
    And within 5 minutes deployment "web" has 2 of 2 replicas available
    And no request failed
