@level @commands:2 @outage:0s
Feature: A new version, unnoticed
  Version 1.13 is due, and the Deployment is of the kind that ends all its Pods before it starts the next ones. No customer may notice.

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
        strategy: {type: Recreate}
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
      """
    And every pod is ready
    And a client sends 5 requests per second to "http://web/"
    And 2 seconds pass

  @hint
  Scenario: Recreate ends all Pods first; RollingUpdate goes step by step
    When I run "kubectl describe deployment web"
    Then the output contains "Recreate"

  @solution
  Scenario: Roll, instead of recreating
    When I run "kubectl patch deployment web -p '{\"spec\":{\"strategy\":{\"type\":\"RollingUpdate\"}}}'"
    And I run "kubectl set image deployment web nginx=nginx:1.13"
    And 30 seconds pass
    Then within 5 minutes the rollout of deployment "web" is complete
    And field ".spec.template.spec.containers[0].image" of deployment "web" is "nginx:1.13"
    And no request failed
