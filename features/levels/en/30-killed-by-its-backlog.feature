@level @commands:1
Feature: Killed by its backlog
  After a disturbance a gateway works through what has come together, and needs 200Mi of memory. Its limit was measured on quieter days: it is killed, starts again with the same backlog, and is killed again.

  Background:
    Given a cluster with 2 nodes
    And image "tsdb-gw:1" behaves as:
      """
      memory: 200Mi
      """
    And the manifest:
      """
      apiVersion: apps/v1
      kind: Deployment
      metadata:
        name: gateway
      spec:
        replicas: 1
        selector:
          matchLabels:
            app: gateway
        template:
          metadata:
            labels:
              app: gateway
          spec:
            containers:
              - name: gateway
                image: tsdb-gw:1
                ports:
                  - containerPort: 80
                readinessProbe:
                  httpGet:
                    path: /
                    port: 80
                  periodSeconds: 2
                resources:
                  requests:
                    memory: 100Mi
                  limits:
                    memory: 150Mi
      """
    And 3 minutes pass

  @hint
  Scenario: It is killed again and again
    When I run "kubectl get pods"
    Then the output contains "gateway"

  @hint
  Scenario: Its last state says why, and its limits stand beside it
    When I run "kubectl describe pods --show-events"
    Then the output contains "OOMKilled"

  @solution
  Scenario: Give it more memory
    When I run "kubectl set resources deployment gateway --limits=memory=300Mi"
    Then within 5 minutes deployment "gateway" has 1 of 1 replicas available

  @solution
  Scenario: Patch the limit
    When I run "kubectl patch deployment gateway -p '{\"spec\":{\"template\":{\"spec\":{\"containers\":[{\"name\":\"gateway\",\"resources\":{\"limits\":{\"memory\":\"256Mi\"}}}]}}}}'"
    Then within 5 minutes deployment "gateway" has 1 of 1 replicas available
