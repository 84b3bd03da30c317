Feature: How pods end on a node
  What the API says of a pod that ends, and when it says so, decides who still sends it work.

  Scenario: a graceful shutdown of a node leaves pods ready until their containers have ended
    Given a cluster with 2 nodes
    And the manifest:
      """
      apiVersion: v1
      kind: Pod
      metadata: {name: web, labels: {app: web}}
      spec:
        nodeName: node-1
        containers: [{name: web, image: "nginx:1.27", lifecycle: {preStop: {sleep: {seconds: 10}}}}]
      """
    And every pod is ready
    When node "node-1" shuts down gracefully
    And 9 seconds pass
    Then at every moment at least 1 pod matching "app=web" was ready
    When I run:
      """
      kubectl get pod web -o jsonpath='{.status.conditions[?(@.type=="DisruptionTarget")].status}'
      """
    Then the output is:
      """
      """
    And within 2 seconds pod "web" is failed
    And pod "web" is not ready
    When I run:
      """
      kubectl get pod web -o jsonpath='{.status.conditions[?(@.type=="DisruptionTarget")].reason}'
      """
    Then the output is:
      """
      TerminationByKubelet
      """

  Scenario Outline: <what> says that it failed, not what it printed
    Given a cluster with 1 node
    And the manifest:
      """
      apiVersion: v1
      kind: Pod
      metadata: {name: hooked}
      spec:
        terminationGracePeriodSeconds: 5
        containers: [{name: c, image: "nginx:1.27", lifecycle: {preStop: <hook>}}]
      """
    And every pod is ready
    When pod "hooked" is deleted
    And 10 seconds pass
    And I run "kubectl get events --field-selector reason=FailedPreStopHook -o jsonpath={.items[*].message}"
    Then the output is:
      """
      <message>
      """
    Examples:
      | what                                  | hook                                            | message            |
      | a command that fails                  | {exec: {command: [cat, /no/such/file]}}         | PreStopHook failed |
      | a command cut by the grace period     | {exec: {command: [sleep, "30"]}}                | PreStopHook failed |
      | a request that nobody takes           | {httpGet: {port: 9}}                            | PreStopHook failed |
      | a handler that hooks do not have      | {tcpSocket: {port: 80}}                         | PreStopHook failed |
      | a request that is answered with a 404 | {httpGet: {port: 80, path: /no/such/page}}      |                    |
      | a command that ends in time           | {exec: {command: [sleep, "3"]}}                 |                    |
