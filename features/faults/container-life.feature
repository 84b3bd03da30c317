Feature: Containers die, and the kubelet starts them again
  What a process ends with decides what is said of it; how often it ends decides how long the kubelet waits.

  Background:
    Given a cluster with 1 node
    And the manifest in "server.yaml"
    And every pod is ready

  Scenario: A crash is restarted at once
    When container "nginx" of pod "server" crashes with exit code 139
    Then within 5 seconds container "nginx" of pod "server" has restarted once
    And container "nginx" of pod "server" was last terminated with reason "Error"
    And within 10 seconds pod "server" is ready

  Scenario: SIGKILL ends any process, with code 137
    When container "nginx" of pod "server" is killed
    Then within 5 seconds container "nginx" of pod "server" has restarted once
    When I run "kubectl get pod server -o jsonpath={.status.containerStatuses[0].lastState.terminated.exitCode}"
    Then the output contains "137"
    And within 10 seconds pod "server" is ready

  Scenario: A server ends in order at SIGTERM, and is restarted all the same
    When container "nginx" of pod "server" gets signal "SIGTERM"
    Then within 5 seconds container "nginx" of pod "server" has restarted once
    And container "nginx" of pod "server" was last terminated with reason "Completed"
    And within 10 seconds pod "server" is ready

  Scenario: A shell is process 1 of its container, and does not heed SIGTERM
    Given the manifests in "shells.yaml"
    And every pod is ready
    # With shareProcessNamespace the pause container is process 1.
    When container "shell" of pod "shared" gets signal "SIGTERM"
    Then within 5 seconds container "shell" of pod "shared" has restarted once
    When I run "kubectl get pod shared -o jsonpath={.status.containerStatuses[0].lastState.terminated.exitCode}"
    Then the output contains "143"
    # A delete begins with a SIGTERM, and goes on with a SIGKILL when the grace period is over.
    When I run "kubectl delete pod first --wait=false"
    Then for 29 seconds container "shell" of pod "first" is running
    And within 5 seconds pod "first" is gone

  Scenario: A process that does not heed SIGTERM takes the whole grace period
    When container "nginx" of pod "server" ignores SIGTERM for 10 minutes
    And I run "kubectl delete pod server --wait=false"
    Then for 29 seconds exactly 1 pod matching "app=server" is terminating
    And within 5 seconds pod "server" is gone

  Scenario: A crash loop waits longer and longer, and after the last crash once more
    When container "nginx" of pod "server" crashes in a loop for 3 minutes
    Then within 30 seconds container "nginx" of pod "server" is waiting with reason "CrashLoopBackOff"
    And an event "BackOff" is recorded for pod "server" saying "Back-off restarting failed container nginx"
    And within 3 minutes container "nginx" of pod "server" has restarted 5 times
    # It is ready for a moment after each restart, until it crashes.
    And within 5 minutes container "nginx" of pod "server" has restarted 6 times
    And within 30 seconds pod "server" is ready
    And for 1 minute pod "server" is ready

  Scenario: Where every Pod of a selector crashes in a loop, a new one does too
    Given the manifest in "web.yaml"
    And every pod is ready
    When container "web" of every pod matching "app=web" crashes in a loop for 5 minutes
    And every pod matching "app=web" is deleted
    And 2 minutes pass
    Then sometimes exactly 3 pods matching "app=web" were terminating
    And deployment "web" has 0 of 3 replicas available
    And an event "BackOff" is recorded for a pod matching "app=web" saying "Back-off restarting failed container web"
    And eventually deployment "web" has 3 of 3 replicas available

  Scenario: The kernel kills a process for want of memory
    When container "nginx" of pod "server" is OOM-killed
    Then within 5 seconds container "nginx" of pod "server" has restarted once
    And container "nginx" of pod "server" was last terminated with reason "OOMKilled"
    And within 10 seconds pod "server" is ready
