@level @commands:1
Feature: Killed before it is up
  A program takes a minute to start, and its liveness probe gives it half of that: it is killed, starts anew, and is killed (treeverse/charts#143). Let it come up, and keep the liveness probe.

  Background:
    Given a cluster with 2 nodes
    And image "lakefs:1" behaves as:
      """
      startup: 1m
      """
    And the manifest:
      """
      apiVersion: apps/v1
      kind: Deployment
      metadata:
        name: lakefs
      spec:
        replicas: 1
        selector:
          matchLabels:
            app: lakefs
        template:
          metadata:
            labels:
              app: lakefs
          spec:
            containers:
              - name: lakefs
                image: lakefs:1
                ports:
                  - containerPort: 8000
                readinessProbe:
                  httpGet:
                    path: /
                    port: 8000
                  periodSeconds: 2
                livenessProbe:
                  httpGet:
                    path: /
                    port: 8000
                  periodSeconds: 10
                  failureThreshold: 3
      """
    And 2 minutes pass

  @hint
  Scenario: It is not that it crashes
    When I run "kubectl describe pods --show-events"
    Then the output contains "failed liveness probe"

  @hint
  Scenario: Until a startup probe has succeeded, no liveness probe is asked
    When I run "kubectl get pods"
    Then the output contains "0/1"
    And the output contains "2 (20s ago)"

  @solution
  Scenario: Give it time to start
    When I run "kubectl patch deployment lakefs -p '{\"spec\":{\"template\":{\"spec\":{\"containers\":[{\"name\":\"lakefs\",\"startupProbe\":{\"httpGet\":{\"path\":\"/\",\"port\":8000},\"periodSeconds\":5,\"failureThreshold\":60}}]}}}}'"
    And every pod is ready
    Then within 5 minutes the rollout of deployment "lakefs" is complete
    And within 5 minutes field ".spec.template.spec.containers[0].livenessProbe.httpGet.port" of deployment "lakefs" is "8000"
