@level @commands:1
Feature: Something is missing
  The Pods were placed, their image was pulled, and yet no container starts.

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
            containers:
              - name: nginx
                image: nginx:1.12
                ports:
                  - containerPort: 80
                env:
                  - name: GREETING
                    valueFrom:
                      configMapKeyRef: {name: settings, key: greeting}
      """
    And 20 seconds pass

  @hint
  Scenario: The kubelet says what it waits for
    When I run "kubectl describe pods --show-events"
    Then the output contains "settings"

  @solution
  Scenario: Create the ConfigMap
    When I run "kubectl create configmap settings --from-literal=greeting=hello"
    Then within 2 minutes deployment "web" has 2 of 2 replicas available
