Feature: Load that comes and goes
  A queue that fills makes autoscalers answer; while their metrics are not there they leave all as it is.

  Background:
    Given a cluster with 2 nodes
    And the metric "queue" is "20"
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
                image: nginx
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
        maxReplicas: 10
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

  Scenario: A metric that goes up is answered, and what was added stays for five minutes
    When metric "queue" is 3 times as high for 2 minutes
    Then within 2 minutes 6 pods matching "app=web" are ready
    When 4 minutes pass
    Then 6 pods matching "app=web" are ready
    And within 3 minutes exactly 2 pods matching "app=web" are running

  Scenario: A queue that is all but empty leaves as few as there may be
    When the metric "queue" is "1"
    And 7 minutes pass
    Then exactly 2 pods matching "app=web" are running
    And horizontal pod autoscaler "web" has condition "ScalingLimited" "True" with reason "TooFewReplicas"

  Scenario: Two that overlap are both undone
    When these faults strike:
      | at | fault       | target | factor | for |
      | 0s | MetricSpike | queue  | 2      | 2m  |
      | 1m | MetricSpike | queue  | 2      | 3m  |
    Then within 1 minute 8 pods matching "app=web" are ready
    And within 7 minutes exactly 2 pods matching "app=web" are running
