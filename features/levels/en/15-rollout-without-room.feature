@level @commands:1 @outage:0s
Feature: A rollout without room
  As many Pods as nodes, none of which may share one, and a rollout that wants one Pod more before it ends an old one: it waits for ever (kubernetes/kubernetes#116891).

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
            affinity:
              podAntiAffinity:
                requiredDuringSchedulingIgnoredDuringExecution:
                  - labelSelector:
                      matchLabels: {app: web}
                    topologyKey: kubernetes.io/hostname
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
    And I run "kubectl set image deployment web nginx=nginx:1.13"
    And 30 seconds pass

  @hint
  Scenario: 25% of two Pods, rounded down, is none that may be missing
    When I run "kubectl describe deployment web"
    Then the output contains "25% max unavailable"
    And exactly 1 pod matching "app=web" is pending

  @solution
  Scenario: Let one be missing, and none too many
    When I run "kubectl patch deployment web -p '{\"spec\":{\"strategy\":{\"rollingUpdate\":{\"maxUnavailable\":1,\"maxSurge\":0}}}}'"
    Then within 5 minutes the rollout of deployment "web" is complete
    And no request failed
