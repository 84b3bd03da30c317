Feature: The containers of a pod
  They share a network, and start one after the other.

  Background:
    Given a cluster with 1 node

  Scenario: of two servers on one port the second does not come up
    Given the manifest:
      """
      apiVersion: v1
      kind: Pod
      metadata: {name: twins}
      spec:
        containers:
          - {name: first, image: "nginx:1.27"}
          - {name: second, image: "nginx:1.27"}
      """
    When 1 minute passes
    Then container "second" of pod "twins" is waiting with reason "CrashLoopBackOff"
    And container "first" of pod "twins" has restarted 0 times
    And pod "twins" is not ready
    When I run "kubectl logs twins -c second --previous"
    Then the output contains "bind() to 0.0.0.0:80 failed (98: Address already in use)"

  Scenario: a container waits for the image of the one before it
    Given image "registry.example/large:1" behaves as:
      """
      pull: 10s
      """
    And image "registry.example/small:1" behaves as:
      """
      pull: 1s
      """
    And the manifest:
      """
      apiVersion: v1
      kind: Pod
      metadata: {name: pair}
      spec:
        containers:
          - {name: first, image: "registry.example/large:1"}
          - {name: second, image: "registry.example/small:1"}
      """
    When 9 seconds pass
    And I run "kubectl get events --field-selector reason=Started -o jsonpath={.items[*].involvedObject.fieldPath}"
    Then the output is:
      """
      """
    And within 10 seconds pod "pair" is ready
