Feature: Programs that use as much as they are told
  By them the Kubernetes documentation shows what requests and limits do (tasks/configure-pod-container).

  Background:
    Given a cluster with 1 node

  Scenario: Within its limit, and beyond it
    Given the manifest:
      """
      apiVersion: v1
      kind: Pod
      metadata: {name: memory-demo}
      spec:
        containers:
          - name: memory-demo-ctr
            image: polinux/stress
            resources: {requests: {memory: "100Mi"}, limits: {memory: "200Mi"}}
            command: ["stress"]
            args: ["--vm", "1", "--vm-bytes", "150M", "--vm-hang", "1"]
      ---
      apiVersion: v1
      kind: Pod
      metadata: {name: memory-demo-2}
      spec:
        containers:
          - name: memory-demo-2-ctr
            image: polinux/stress
            resources: {requests: {memory: "50Mi"}, limits: {memory: "100Mi"}}
            command: ["stress"]
            args: ["--vm", "1", "--vm-bytes", "250M", "--vm-hang", "1"]
      """
    Then within 1 minute container "memory-demo-2-ctr" of pod "memory-demo-2" was last terminated with reason "OOMKilled"
    And within 1 minute container "memory-demo-2-ctr" of pod "memory-demo-2" is waiting with reason "CrashLoopBackOff"
    And pod "memory-demo" is ready
    When 1 minute passes
    And I run "kubectl top pod memory-demo"
    Then the output contains "151Mi"

  Scenario: Two CPUs are asked for, one is allowed
    Given the manifest:
      """
      apiVersion: v1
      kind: Pod
      metadata: {name: cpu-demo}
      spec:
        containers:
          - name: cpu-demo-ctr
            image: vish/stress
            resources: {requests: {cpu: "0.5"}, limits: {cpu: "1"}}
            args: ["-cpus", "2"]
      """
    When 2 minutes pass
    And I run "kubectl top pod cpu-demo"
    Then the output contains "1000m"

  Scenario: A Job of a minute ends
    Given the manifest:
      """
      apiVersion: batch/v1
      kind: Job
      metadata: {name: load}
      spec:
        template:
          spec:
            restartPolicy: Never
            containers: [{name: load, image: progrium/stress, args: ["--cpu", "2", "--timeout", "60s"]}]
      """
    When 55 seconds pass
    Then job "load" has 1 of 1 replicas ready
    And within 20 seconds 1 pod of job "load" has succeeded

  Scenario: Together they use up the node, and who asked for nothing goes first
    Given the manifest:
      """
      apiVersion: v1
      kind: Pod
      metadata: {name: best-effort}
      spec: {containers: [{name: c, image: polinux/stress, command: [stress, --vm, "1", --vm-bytes, 1300M, --vm-hang, "1"]}]}
      ---
      apiVersion: v1
      kind: Pod
      metadata: {name: burstable}
      spec:
        containers:
          - name: c
            image: polinux/stress
            command: [stress, --vm, "1", --vm-bytes, 1340M, --vm-hang, "1"]
            resources: {requests: {memory: 100Mi}}
      ---
      apiVersion: v1
      kind: Pod
      metadata: {name: guaranteed}
      spec:
        containers:
          - name: c
            image: polinux/stress
            command: [stress, --vm, "1", --vm-bytes, 1400M, --vm-hang, "1"]
            resources: {limits: {memory: 1500Mi, cpu: 100m}}
      """
    Then within 1 minute pod "best-effort" is failed
    And an event "Evicted" is recorded for pod "best-effort" saying "The node was low on resource: memory"
    When 2 minutes pass
    Then pod "burstable" is ready
    And pod "guaranteed" is ready
