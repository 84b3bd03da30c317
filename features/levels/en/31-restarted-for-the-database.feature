@level @commands:1
Feature: Restarted for the database's sake
  The page :80/healthz asks the database, which is away for hours. The liveness probe asks that page: every Pod is killed for it, again and again, though :80/ would answer. A Pod counts as available after two minutes; none comes so far.

  Background:
    Given a cluster with 2 nodes
    And image "kuma:1" behaves as:
      """
      http:
        /: /index.html
        /healthz: {status: 503, after: 1s}
      files:
        /index.html: shop
      """
    And the manifest:
      """
      apiVersion: apps/v1
      kind: Deployment
      metadata:
        name: kuma
      spec:
        replicas: 2
        minReadySeconds: 120
        selector:
          matchLabels:
            app: kuma
        template:
          metadata:
            labels:
              app: kuma
          spec:
            containers:
              - name: kuma
                image: kuma:1
                ports:
                  - containerPort: 80
                readinessProbe:
                  httpGet:
                    path: /
                    port: 80
                  periodSeconds: 2
                livenessProbe:
                  httpGet:
                    path: /healthz
                    port: 80
                  periodSeconds: 5
      """
    And 3 minutes pass

  @hint
  Scenario: They have been restarted
    When I run "kubectl describe pods --show-events"
    Then the output contains "Liveness probe failed"
    When I run "kubectl get pods"
    Then the output contains "4 (35s ago)"

  @hint
  Scenario: What is restarted does not bring the database back: liveness should ask for the program alone
    When I run "kubectl describe deployment kuma"
    Then the output contains "http-get http://:80/healthz"

  @solution
  Scenario: Ask for what the program itself answers
    When I run "kubectl patch deployment kuma -p '{\"spec\":{\"template\":{\"spec\":{\"containers\":[{\"name\":\"kuma\",\"livenessProbe\":{\"httpGet\":{\"path\":\"/\",\"port\":80}}}]}}}}'"
    Then within 10 minutes deployment "kuma" has 2 of 2 replicas available

  @solution
  Scenario: Ask for nothing
    When I run "kubectl patch deployment kuma --type=json -p '[{\"op\":\"remove\",\"path\":\"/spec/template/spec/containers/0/livenessProbe\"}]'"
    Then within 10 minutes deployment "kuma" has 2 of 2 replicas available
