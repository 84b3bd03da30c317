@level @commands:1
Feature: Who gave way
  An experiment was given a priority, production has none. The cluster is full, and Pods of production wait while the experiment runs. Bring production back; the experiment can wait.

  Background:
    Given a cluster with 2 nodes
    And the manifest:
      """
      apiVersion: scheduling.k8s.io/v1
      kind: PriorityClass
      metadata:
        name: medium
      value: 1000
      ---
      apiVersion: apps/v1
      kind: Deployment
      metadata:
        name: ingester
      spec:
        replicas: 2
        selector:
          matchLabels:
            app: ingester
        template:
          metadata:
            labels:
              app: ingester
          spec:
            containers:
              - name: ingester
                image: ingester:1
                ports:
                  - containerPort: 80
                readinessProbe:
                  httpGet:
                    path: /
                    port: 80
                  periodSeconds: 2
                resources:
                  requests:
                    cpu: 1500m
      ---
      apiVersion: apps/v1
      kind: Deployment
      metadata:
        name: experiment
      spec:
        replicas: 0
        selector:
          matchLabels:
            app: experiment
        template:
          metadata:
            labels:
              app: experiment
          spec:
            priorityClassName: medium
            containers:
              - name: experiment
                image: experiment:1
                resources:
                  requests:
                    cpu: 1500m
      """
    And every pod is ready
    And deployment "experiment" is scaled to 1
    And 2 minutes pass

  @hint
  Scenario: A Pod of production waits
    When I run "kubectl get pods"
    Then the output contains "Pending"

  @hint
  Scenario: It was preempted
    When I run "kubectl get events"
    Then the output contains "Preempted"

  @solution
  Scenario: Let the experiment wait
    When I run "kubectl scale deployment experiment --replicas=0"
    Then within 5 minutes deployment "ingester" has 2 of 2 replicas available
