@level @commands:2 @outage:30s
Feature: The machine is dead
  Node-1 has lost its power, and the API does not know yet. Left alone, the cluster takes five minutes and more to replace what ran there. You know better: be faster.
  A Pod on a dead node stays where it is until its node is known to be gone, or until somebody forces it.

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
      """
    And every pod is ready
    And a new node joins
    And a client sends 5 requests per second to "http://web/"
    And 2 seconds pass
    And node "node-1" loses power

  @hint
  Scenario: The API still says that the node is Ready
    When I run "kubectl get nodes"
    Then the output contains "Ready"
    And no pods matching "app=web" are serving

  @hint
  Scenario: Deleted by force, a Pod is gone from the API at once
    When I run "kubectl get pods -o wide"
    Then the output contains "node-1"

  @hint
  Scenario: The scheduler goes by the API too: it may choose the dead node again
    When I run "kubectl get nodes"
    Then the output contains "node-1"

  @solution
  Scenario: Keep Pods off the node, and force the old one out of the API
    When I run "kubectl cordon node-1"
    And I run "kubectl delete pods -l app=web --force --grace-period=0"
    Then within 2 minutes a request to "http://web/" answers 200
    And within 2 minutes deployment "web" has 1 of 1 replicas available
