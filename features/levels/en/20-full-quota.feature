@level @commands:1 @outage:0s
Feature: No room in the quota
  The quota allows as many Pods as there are, and the rollout wants one more first (kubernetes/kubernetes#89209). Bring it to its end without an outage, and leave the quota alone.

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
          matchLabels:
            app: web
        template:
          metadata:
            labels:
              app: web
          spec:
            containers:
              - name: nginx
                image: nginx:1.12
                ports:
                  - containerPort: 80
                readinessProbe:
                  httpGet:
                    path: /
                    port: 80
                  periodSeconds: 2
                lifecycle:
                  preStop:
                    sleep:
                      seconds: 5
      ---
      apiVersion: v1
      kind: Service
      metadata:
        name: web
      spec:
        selector:
          app: web
        ports:
          - port: 80
      ---
      apiVersion: v1
      kind: ResourceQuota
      metadata:
        name: pods
      spec:
        hard:
          pods: 2
      """
    And every pod is ready
    And a client sends 5 requests per second to "http://web/"
    And I run "kubectl set image deployment web nginx=nginx:1.13"
    And 30 seconds pass

  @hint
  Scenario: Every Pod that the quota allows is there
    When I run "kubectl describe quota pods"
    Then the output contains "2"
    And deployment "web" has condition "ReplicaFailure" "True" with reason "FailedCreate"

  @hint
  Scenario: A quarter of two, rounded down, is none that may be missing
    When I run "kubectl describe deployment web"
    Then the output contains "25% max unavailable"

  @solution
  Scenario: Let one be missing
    When I run "kubectl patch deployment web -p '{\"spec\":{\"strategy\":{\"rollingUpdate\":{\"maxUnavailable\":1}}}}'"
    Then within 20 minutes the rollout of deployment "web" is complete
    And field ".spec.hard.pods" of resource quota "pods" is "2"
    And no request failed
