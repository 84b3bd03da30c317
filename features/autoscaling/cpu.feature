Feature: CPU is shared
  What a container takes beyond its limit waits, and where a machine has no more, containers share it by their requests.

  Scenario: A limit throttles
    Given a cluster with 1 node
    And image "slow" behaves as:
      """
      listens: 80
      cpu: {perRequest: 50m}
      """
    And the manifest:
      """
      apiVersion: v1
      kind: Pod
      metadata: {name: free, labels: {app: free}}
      spec: {containers: [{name: slow, image: slow, ports: [{containerPort: 80}]}]}
      ---
      apiVersion: v1
      kind: Pod
      metadata: {name: held, labels: {app: held}}
      spec: {containers: [{name: slow, image: slow, ports: [{containerPort: 80}], resources: {limits: {cpu: 100m}}}]}
      ---
      apiVersion: v1
      kind: Service
      metadata: {name: held}
      spec: {selector: {app: held}, ports: [{port: 80}]}
      """
    And every pod is ready
    When a client sends 4 requests per second to "http://held/"
    And 30 seconds pass
    And I run "kubectl top pod held"
    Then the output contains "100m"
