@level @commands:1 @outage:20s
Feature: The lost page
  Somebody deleted index.html in the container, and no probe looks at it: for Kubernetes all is well, for the customers nothing is.
  What was changed in a container lives as long as the container does.

  Background:
    Given a cluster with 2 nodes
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
    And a client sends 5 requests per second to "http://web/"
    And "rm /usr/share/nginx/html/index.html" is executed in a pod matching "app=web"
    And 2 seconds pass

  @hint
  Scenario: The Pod is ready, whatever it answers
    When I run "kubectl get pods -o wide"
    Then the output contains "1/1"
    And a request to "http://web/" answers 403

  @hint
  Scenario: A new container begins with the files of its image
    When I run "kubectl get deployment web"
    Then the output contains "1/1"

  @solution
  Scenario: Have a new Pod take its place
    When I run "kubectl rollout restart deployment web"
    And every pod is ready
    Then within 2 minutes a request to "http://web/" answers 200
    And within 2 minutes the rollout of deployment "web" is complete
