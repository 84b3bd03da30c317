Feature: Limits of a namespace
  What containers leave out a LimitRange gives them, and what is beyond its bounds, or beyond a quota, is not
  admitted. A Deployment hears of it only through its ReplicaSet: the Pods are missing, and an event says why.

  Background:
    Given a cluster with 2 nodes

  Scenario: a container that asks for nothing gets what the namespace gives
    Given the manifest:
      """
      apiVersion: v1
      kind: LimitRange
      metadata: {name: usual}
      spec:
        limits:
          - type: Container
            default: {cpu: 500m, memory: 256Mi}
            defaultRequest: {cpu: 100m, memory: 128Mi}
      """
    When I run "kubectl run web --image=nginx"
    And I run "kubectl get pod web -o jsonpath={.spec.containers[0].resources}"
    Then the output contains:
      """
      {"limits":{"cpu":"500m","memory":"256Mi"},"requests":{"cpu":"100m","memory":"128Mi"}}
      """
    When I run "kubectl describe limits usual"
    Then the output is:
      """
      Name:       usual
      Namespace:  default
      Type        Resource  Min  Max  Default Request  Default Limit  Max Limit/Request Ratio
      ----        --------  ---  ---  ---------------  -------------  -----------------------
      Container   cpu       -    -    100m             500m           -
      Container   memory    -    -    128Mi            256Mi          -
      """
    And every pod is ready

  Scenario: a Pod beyond its bounds is refused
    Given the manifest:
      """
      apiVersion: v1
      kind: LimitRange
      metadata: {name: small}
      spec:
        limits:
          - type: Container
            max: {memory: 1Gi}
      ---
      apiVersion: apps/v1
      kind: Deployment
      metadata: {name: web}
      spec:
        selector: {matchLabels: {app: web}}
        template:
          metadata: {labels: {app: web}}
          spec:
            containers: [{name: web, image: nginx, resources: {limits: {memory: 2Gi}}}]
      """
    Then within 10 seconds an event "FailedCreate" is recorded for replica set "web-555d7559f" saying "maximum memory usage per Container is 1Gi, but limit is 2Gi"

  Scenario: a quota of node ports holds a Service that comes to want one
    Given the manifest:
      """
      apiVersion: v1
      kind: ResourceQuota
      metadata: {name: few}
      spec: {hard: {services.nodeports: 0, count/deployments.apps: 1}}
      ---
      apiVersion: v1
      kind: Service
      metadata: {name: web}
      spec: {selector: {app: web}, ports: [{port: 80}]}
      """
    When I run:
      """
      kubectl patch service web -p '{"spec":{"type":"NodePort"}}'
      """
    Then the command fails with "exceeded quota: few, requested: services.nodeports=1, used: services.nodeports=0, limited: services.nodeports=0"
    When I run "kubectl create deployment one --image=nginx"
    And I run "kubectl create deployment two --image=nginx"
    Then the command fails with "exceeded quota: few, requested: count/deployments.apps=1, used: count/deployments.apps=1, limited: count/deployments.apps=1"
    And every pod is ready
