@level @commands:1 @outage:0s
Feature: Ready too soon
  A new version takes half a minute to start, and nothing asks whether it answers: it counts as ready at once. Before it is rolled out, make sure that a rollout waits for an answer at :80/. No request may fail.

  Background:
    Given a cluster with 2 nodes
    And image "shop:1" behaves as:
      """
      startup: 1s
      """
    And image "shop:2" behaves as:
      """
      startup: 30s
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
    And 5 seconds pass
    And a client sends 5 requests per second to "http://web/"
    And 5 seconds pass

  @hint
  Scenario: There is no readiness probe
    When the image of deployment "web" is changed to "shop:2"
    And 15 seconds pass
    Then the rollout of deployment "web" is complete
    And at every moment at least 2 pods matching "app=web" were available
    And sometimes field ".status.replicas" of deployment "web" was "3"
    And a request to "http://web/" is refused

  @hint
  Scenario: One patch can change the image and add the probe
    When I run "kubectl get deployment web"
    Then the output contains "2/2"

  @solution
  Scenario: Roll it out with a readiness probe
    When I run "kubectl patch deployment web -p '{\"spec\":{\"template\":{\"spec\":{\"containers\":[{\"name\":\"shop\",\"image\":\"shop:2\",\"readinessProbe\":{\"httpGet\":{\"path\":\"/\",\"port\":80},\"periodSeconds\":2}}]}}}}'"
    And every pod is ready
    And 30 seconds pass
    Then within 5 minutes the rollout of deployment "web" is complete
    And field ".spec.template.spec.containers[0].image" of deployment "web" is "shop:2"
    And no request failed
