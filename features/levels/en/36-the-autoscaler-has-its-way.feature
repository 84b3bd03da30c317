@level @commands:2
Feature: The autoscaler has its way
  Eighty things wait, ten for each Pod: eight Pods are needed, and there are four. Somebody scales the Deployment to eight, and a moment later there are four again. Whoever scales beside an autoscaler has it undone.

  Background:
    Given a cluster with 2 nodes
    And the metric "queue" is "80"
    And the manifest:
      """
      apiVersion: apps/v1
      kind: Deployment
      metadata:
        name: web
      spec:
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
      ---
      apiVersion: autoscaling/v2
      kind: HorizontalPodAutoscaler
      metadata:
        name: web
      spec:
        scaleTargetRef:
          apiVersion: apps/v1
          kind: Deployment
          name: web
        minReplicas: 2
        maxReplicas: 4
        metrics:
          - type: External
            external:
              metric:
                name: queue
              target:
                type: AverageValue
                averageValue: "10"
      """
    And 2 minutes pass
    And deployment "web" is scaled to 8
    And 2 minutes pass

  @hint
  Scenario: Somebody decides how many there are
    When I run "kubectl get hpa"
    Then the output contains "web"
    And an event "SuccessfulRescale" is recorded for horizontal pod autoscaler "web" saying "Current number of replicas below Spec.MinReplicas"
    And an event "SuccessfulRescale" is recorded for horizontal pod autoscaler "web" saying "Current number of replicas above Spec.MaxReplicas"

  @hint
  Scenario: It says what keeps it from more
    When I run "kubectl describe hpa web"
    Then the output contains "TooManyReplicas"

  @solution
  Scenario: Let it have more
    When I run "kubectl patch hpa web -p '{\"spec\":{\"maxReplicas\":10}}'"
    Then within 5 minutes deployment "web" has 8 of 8 replicas available

  @solution
  Scenario: Take the autoscaler away, and scale
    When I run "kubectl delete hpa web"
    And I run "kubectl scale deployment web --replicas=8"
    Then within 5 minutes deployment "web" has 8 of 8 replicas available
