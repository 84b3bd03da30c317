Feature: Probes that ask beyond their Pod
  Whoever makes the readiness of a Pod depend on another Service takes both out of service at once.

  Scenario: a readiness probe that asks a Service notices when nobody is behind it, and when somebody is again
    Given a cluster with 2 nodes
    And the manifests in "elsewhere.yaml"
    And every pod is ready
    And the cluster has settled
    When deployment "db" is scaled to 0
    Then for 9 seconds pod "front" is ready
    And within 20 seconds pod "front" is not ready
    And within 5 seconds service "front" routes to 0 pods
    When I run "kubectl describe pod front"
    Then the output contains "Readiness probe failed"
    When 1 hour passes
    And deployment "db" is scaled to 1
    Then within 30 seconds pod "front" is ready
    And within 5 seconds a request to "http://front/" answers 200
    And the cluster has settled
