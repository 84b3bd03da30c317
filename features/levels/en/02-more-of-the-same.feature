@level @commands:1 @outage:0s
Feature: More of the same
  One Pod answers all requests of the shop. At noon there will be many more of them: have four, and let no request fail on the way.
  A Deployment says how many there should be; making them is the control plane's work.

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
    And 2 seconds pass

  @hint
  Scenario: A Deployment keeps as many Pods as its replicas say
    When I run "kubectl get deployment web"
    Then the output contains "1/1"

  @solution
  Scenario: Scale the Deployment
    When I run "kubectl scale deployment web --replicas=4"
    Then within 2 minutes deployment "web" has 4 of 4 replicas available
    And no request failed
