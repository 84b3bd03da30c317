@level @commands:1 @outage:0s
Feature: Back to what worked
  Somebody rolled out an image that does not exist. The old Pods still serve, the new one never will. Get back to a Deployment that is whole.

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
        selector: {app: web}
        ports:
          - port: 80
            targetPort: 80
      """
    And every pod is ready
    And a client sends 5 requests per second to "http://web/"
    And an image that does not exist is rolled out to deployment "web"
    And 30 seconds pass

  @hint
  Scenario: The new Pod cannot pull its image
    When I run "kubectl get pods"
    Then the output contains "Pull"
    And exactly 2 pods matching "app=web" are ready

  @hint
  Scenario: A Deployment remembers its earlier templates
    When I run "kubectl rollout history deployment web"
    Then the output contains "REVISION"

  @solution
  Scenario: Roll it back
    When I run "kubectl rollout undo deployment web"
    And every pod is ready
    Then within 2 minutes the rollout of deployment "web" is complete
    And no request failed
