@level @commands:1 @outage:0s
Feature: A door that nobody opens
  The new version is rolled out, and its readiness probe asks for :80/ready, which it does not have; it answers at :80/. The old Pods serve on, so nobody has noticed, and in an hour the sale begins, for which the new ones are needed.

  Background:
    Given a cluster with 2 nodes
    And image "shop:1" behaves as:
      """
      http:
        /: /index.html
      files:
        /index.html: old
      """
    And image "shop:2" behaves as:
      """
      http:
        /: /index.html
      files:
        /index.html: new
      """
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
              - name: shop
                image: shop:1
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
      """
    And every pod is ready
    And a client sends 5 requests per second to "http://web/"
    And I run "kubectl patch deployment web -p '{\"spec\":{\"template\":{\"spec\":{\"containers\":[{\"name\":\"shop\",\"image\":\"shop:2\",\"readinessProbe\":{\"httpGet\":{\"path\":\"/ready\"}}}]}}}}'"
    And 5 minutes pass

  @hint
  Scenario: The rollout waits for a Pod that is not ready
    When I run "kubectl get pods"
    Then the output contains "0/1"
    And exactly 2 pods matching "app=web" are available

  @hint
  Scenario: The events say what the probe was told
    When I run "kubectl describe pods --show-events"
    Then the output contains "Readiness probe failed"

  @solution
  Scenario: Knock where somebody is
    When I run "kubectl patch deployment web -p '{\"spec\":{\"template\":{\"spec\":{\"containers\":[{\"name\":\"shop\",\"readinessProbe\":{\"httpGet\":{\"path\":\"/\",\"port\":80}}}]}}}}'"
    And 30 seconds pass
    Then within 5 minutes the rollout of deployment "web" is complete
    And field ".spec.template.spec.containers[0].image" of deployment "web" is "shop:2"
    And no request failed
