Feature: Certificates of kubelets run out by the clock
  A kubelet that rotates its client certificate never thinks of the date. One that does not works until the last
  second and is a stranger in the next: its node goes NotReady without anybody having touched it.

  Background:
    Given a cluster with 2 nodes
    And the manifests in "web.yaml"
    And every pod is ready

  Scenario: nothing shows until the date, and then the node goes
    When the certificate of node "node-1" is not rotated and runs out in 10 minutes
    And 9 minutes pass
    Then node "node-1" is ready
    When 2 minutes pass
    Then node "node-1" is unknown
    When I run "kubectl describe node node-1"
    Then the output contains "Kubelet stopped posting node status."
    And at most 2 pods matching "app=web" are ready
    And exactly 3 pods matching "app=web" are serving

  Scenario: a reboot heals nothing, a new certificate does
    When the certificate of node "node-1" is not rotated and runs out in 1 minute for 20 minutes
    And 3 minutes pass
    And node "node-1" reboots
    And 1 minute passes
    # A kubelet that nobody knows is told of no Pods, and starts none.
    Then at most 2 pods matching "app=web" are serving
    When 4 minutes pass
    Then node "node-1" is unknown
    And within 15 minutes node "node-1" is ready
    And within 10 seconds an event "Rebooted" is recorded for node "node-1"
    And every pod is ready

  Scenario: rotation that works again in time leaves nothing behind
    When these faults strike:
      | at | fault                  | target | delay | for |
      | 0s | NodeCertificateExpired | node-1 | 10m   | 5m  |
      | 0s | NodeCertificateExpired | node-2 | 10m   |     |
    And 7 minutes pass
    Then node "node-2" is unknown
    And at every moment node "node-1" was ready
    When every fault is healed
    Then within 1 minute node "node-2" is ready
    And within 1 minute deployment "web" has 3 of 3 replicas available
