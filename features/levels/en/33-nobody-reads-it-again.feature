@level @commands:1
Feature: Nobody reads it again
  The ConfigMap says green since five minutes ago, and the Pods still say blue: a variable is given to a container when it starts, and nothing starts anew because a ConfigMap has changed (kubernetes/kubernetes#22368).

  Background:
    Given a cluster with 2 nodes
    And the manifest:
      """
      apiVersion: apps/v1
      kind: StatefulSet
      metadata:
        name: web
      spec:
        replicas: 2
        serviceName: web
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
                envFrom:
                  - configMapRef:
                      name: settings
      ---
      apiVersion: v1
      kind: ConfigMap
      metadata:
        name: settings
      data:
        COLOUR: blue
      """
    And every pod is ready
    And the manifest:
      """
      apiVersion: v1
      kind: ConfigMap
      metadata:
        name: settings
      data:
        COLOUR: green
      """
    And 5 minutes pass

  @hint
  Scenario: What was applied stands there
    When I run "kubectl get configmap settings -o yaml"
    Then the output contains "green"

  @hint
  Scenario: The container has what it was given when it started
    When I run "kubectl exec web-0 -- env"
    Then the output contains "COLOUR=blue"

  @solution
  Scenario: Start them anew
    When I run "kubectl rollout restart statefulset web"
    Then within 5 minutes variable "COLOUR" in pod "web-0" is "green"
    And within 5 minutes variable "COLOUR" in pod "web-1" is "green"
    And within 5 minutes stateful set "web" has 2 of 2 replicas ready
