@level @commands:1 @outage:10s
Feature: The wrong door
  The Service knows its Pods, and every request is refused. nginx listens on port 80.

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
            targetPort: 8080
      """
    And every pod is ready
    And a client sends 5 requests per second to "http://web/"
    And 2 seconds pass

  @hint
  Scenario: port is where the Service listens, targetPort where it sends to
    When I run "kubectl describe service web"
    Then the output contains "8080"

  @solution
  Scenario: Send to the port on which the containers listen
    When I run "kubectl patch service web --type=json -p '[{\"op\":\"replace\",\"path\":\"/spec/ports/0/targetPort\",\"value\":80}]'"
    Then within 1 minute a request to "http://web/" answers 200
    And within 1 minute service "web" routes to 2 pods
