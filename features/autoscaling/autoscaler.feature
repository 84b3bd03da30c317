Feature: Autoscalers follow what is measured
  Every 15 seconds the autoscaler compares what metrics-server measured with its target. It grows at once, and
  shrinks by the highest recommendation of the last five minutes; where it is told nothing, it leaves all as it is.

  Background:
    Given a cluster with 3 nodes
    And image "shop" behaves as:
      """
      listens: 80
      cpu: {perRequest: 20m}
      """
    And the manifest in "shop.yaml"
    And every pod is ready

  Scenario: More requests, more replicas
    Given I run "kubectl autoscale deployment shop --cpu=50% --min=1 --max=5"
    When 1 minute passes
    Then horizontal pod autoscaler "shop" wants 1 replica
    When a client sends 15 requests per second to "http://shop/"
    Then within 5 minutes horizontal pod autoscaler "shop" wants 3 replicas
    And an event "SuccessfulRescale" is recorded for horizontal pod autoscaler "shop" saying "cpu resource utilization (percentage of request) above target"
    And within 1 minute deployment "shop" has 3 of 3 replicas available
    And for 10 minutes horizontal pod autoscaler "shop" wants 3 replicas

  Scenario: Never more than it may
    Given I run "kubectl autoscale deployment shop --cpu=50% --max=2"
    When a client sends 15 requests per second to "http://shop/"
    Then within 5 minutes horizontal pod autoscaler "shop" has condition "ScalingLimited" "True" with reason "TooManyReplicas"
    And at no moment horizontal pod autoscaler "shop" wanted 3 replicas

  Scenario: Without metrics nothing is changed
    Given I run "kubectl autoscale deployment shop --cpu=50% --max=5"
    And 1 minute passes
    When metrics-server is down for 10 minutes
    And a client sends 15 requests per second to "http://shop/"
    Then within 1 minute horizontal pod autoscaler "shop" has condition "ScalingActive" "False" with reason "FailedGetResourceMetric"
    And for 8 minutes horizontal pod autoscaler "shop" wants 1 replica
    When I run "kubectl top pods"
    Then the command fails with "the server is currently unable to handle the request (get pods.metrics.k8s.io)"
    And within 5 minutes horizontal pod autoscaler "shop" wants 3 replicas

  Scenario: A container that asks for no CPU gives no percentage
    Given the manifest:
      """
      apiVersion: apps/v1
      kind: Deployment
      metadata: {name: free}
      spec:
        selector: {matchLabels: {app: free}}
        template:
          metadata: {labels: {app: free}}
          spec: {containers: [{name: free, image: shop}]}
      """
    And I run "kubectl autoscale deployment free --cpu=50% --max=5"
    When 1 minute passes
    Then horizontal pod autoscaler "free" has condition "ScalingActive" "False" with reason "FailedGetResourceMetric"
    And an event "FailedGetResourceMetric" is recorded for horizontal pod autoscaler "free" saying "missing request for cpu in container free of Pod"

  Scenario: By the length of a queue
    Given the manifest:
      """
      apiVersion: autoscaling/v2
      kind: HorizontalPodAutoscaler
      metadata: {name: shop}
      spec:
        scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: shop}
        maxReplicas: 20
        metrics:
          - type: External
            external:
              metric: {name: queue_messages}
              target: {type: AverageValue, averageValue: "30"}
        behavior:
          scaleUp:
            policies: [{type: Pods, value: 2, periodSeconds: 60}]
          scaleDown:
            stabilizationWindowSeconds: 60
      """
    And the metric "queue_messages" is "300"
    When 20 seconds pass
    Then horizontal pod autoscaler "shop" wants 3 replicas
    And within 5 minutes horizontal pod autoscaler "shop" wants 10 replicas
    Given the metric "queue_messages" is "0"
    Then within 90 seconds horizontal pod autoscaler "shop" wants 1 replica
