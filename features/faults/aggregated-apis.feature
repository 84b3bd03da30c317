Feature: Servers behind the API that do not answer
  One server that serves one group for a handful of clients keeps every namespace of the cluster from being deleted
  while it is down.

  Background:
    Given a cluster with 1 node
    And the manifests in "metrics-adapter.yaml"
    And every pod is ready
    And 10 seconds pass

  Scenario: no namespace can be deleted meanwhile, and all can afterwards
    When I run "kubectl get apiservice v1beta1.custom.metrics.k8s.io"
    Then the output contains "monitoring/adapter   True"
    When API service "v1beta1.custom.metrics.k8s.io" is unavailable for 10 minutes
    And 1 minute passes
    And I run "kubectl get apiservice v1beta1.custom.metrics.k8s.io"
    Then the output contains "False (FailedDiscoveryCheck)"
    When I run "kubectl get --raw /apis/custom.metrics.k8s.io/v1beta1"
    Then the command fails with "the server is currently unable to handle the request"
    When I run "kubectl create namespace team"
    And I run "kubectl delete namespace team --wait=false"
    And 5 minutes pass
    And I run "kubectl get namespace team -o jsonpath={.status.conditions[0].message}"
    Then the output contains "Discovery failed for some groups, 1 failing"
    And within 30 minutes there is no namespace "team"

  Scenario: autoscalers leave all as it is while nobody measures
    Given the manifest:
      """
      apiVersion: apiregistration.k8s.io/v1
      kind: APIService
      metadata:
        name: v1beta1.metrics.k8s.io
      spec:
        group: metrics.k8s.io
        version: v1beta1
        groupPriorityMinimum: 100
        versionPriority: 100
        insecureSkipTLSVerify: true
        service:
          namespace: monitoring
          name: adapter
      """
    And 2 minutes pass
    When I run "kubectl top nodes"
    Then the output contains "node-1"
    When API service "v1beta1.metrics.k8s.io" is unavailable for 5 minutes
    And I run "kubectl top nodes"
    Then the command fails with "the server is currently unable to handle the request"
    When 10 minutes pass
    And I run "kubectl top nodes"
    Then the output contains "node-1"

  Scenario: metrics-server serves a group like any other, and holds up what every such group holds up
    Given 1 minute passes
    When I run "kubectl api-resources --api-group=metrics.k8s.io"
    Then the output contains:
      """
      pods                 metrics.k8s.io/v1beta1   true         PodMetrics
      """
    When I run "kubectl get podmetrics -n monitoring"
    Then the output contains "WINDOW"
    And the output contains "adapter"
    When I run "kubectl get apiservice v1beta1.metrics.k8s.io"
    Then the output contains "kube-system/metrics-server   True"
    When metrics-server is down for 10 minutes
    And 1 second passes
    And I run "kubectl get apiservice v1beta1.metrics.k8s.io"
    Then the output contains "False (MissingEndpoints)"
    When I run "kubectl get podmetrics"
    Then the command fails with "the server doesn't have a resource type"
    When I run "kubectl create namespace team"
    And I run "kubectl delete namespace team --wait=false"
    And 5 minutes pass
    And I run "kubectl get namespace team -o jsonpath={.status.conditions[0].message}"
    Then the output contains "metrics.k8s.io/v1beta1: stale GroupVersion discovery"
    And within 30 minutes there is no namespace "team"
