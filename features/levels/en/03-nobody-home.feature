@level @commands:1 @outage:10s
Feature: Nobody home
  Two Pods are ready, and the Service answers nobody. A Service finds its Pods by their labels, and by nothing else.

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
      ---
      apiVersion: v1
      kind: Service
      metadata:
        name: web
      spec:
        selector: {app: nginx}
        ports:
          - port: 80
            targetPort: 80
      """
    And every pod is ready
    And a client sends 5 requests per second to "http://web/"
    And 2 seconds pass

  @hint
  Scenario: The Service has no endpoints
    When I run "kubectl describe service web"
    Then the output contains "app=nginx"

  @hint
  Scenario: The Pods bear another label
    When I run "kubectl get pods --show-labels"
    Then the output contains "app=web"

  @solution
  Scenario: Select the label that the Pods bear
    When I run "kubectl patch service web -p '{\"spec\":{\"selector\":{\"app\":\"web\"}}}'"
    Then within 1 minute service "web" routes to 2 pods
    And within 1 minute a request to "http://web/" answers 200
