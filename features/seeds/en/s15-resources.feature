@S15
Feature: S15. Requests decide where, limits decide how much
  A request is what the scheduler sets aside on a node. A limit is where the kernel says no: a program over its memory is
  killed, one over its CPU is slowed down. What a Pod asks for also says who goes first when a node runs short.

  Scenario: The document's Pod
    Given a cluster with 1 node
    When I run "kubectl apply -f ../manifests/sample-resource.yaml"
    And 10 seconds pass
    Then pod "nginx" is ready
    When I run "kubectl describe pod nginx"
    Then the output contains:
      """
          Limits:
            cpu:     500m
            memory:  128Mi
          Requests:
            cpu:     250m
            memory:  128Mi
      """
    When I run "kubectl describe node node-1"
    Then the output contains "250m (12%)"

  Scenario: What fits nowhere stays Pending, and says why
    Given a cluster with 2 nodes
    When the manifest:
      """
      apiVersion: v1
      kind: Pod
      metadata: {name: big}
      spec:
        containers:
          - name: app
            image: nginx:1.16
            resources: {requests: {cpu: "3"}}
      """
    Then for 5 minutes pod "big" is pending
    And an event "FailedScheduling" is recorded for pod "big" saying "0/2 nodes are available: 2 Insufficient cpu"

  Scenario: Over its memory it is killed, and starts again
    Given a cluster with 1 node
    And image "example/hungry:1" behaves as:
      """
      memory: {start: 50Mi, grow: 10Mi/s}
      """
    When the manifest:
      """
      apiVersion: v1
      kind: Pod
      metadata: {name: hungry}
      spec:
        containers:
          - name: app
            image: example/hungry:1
            resources:
              requests: {memory: 64Mi}
              limits: {memory: 128Mi}
      """
    Then within 30 seconds container "app" of pod "hungry" is running
    And for 6 seconds container "app" of pod "hungry" has restarted 0 times
    And within 1 minute container "app" of pod "hungry" was last terminated with reason "OOMKilled"
    And within 2 minutes container "app" of pod "hungry" is waiting with reason "CrashLoopBackOff"
    When I run "kubectl describe pod hungry"
    Then the output contains "OOMKilled"
    And the output contains "Exit Code:    137"

  Scenario: Over its CPU it is slowed down, and goes on
    Given a cluster with 1 node
    And image "example/thinker:1" behaves as:
      """
      listens: [8080]
      cpu: {perRequest: 50m}
      """
    And I run "kubectl apply -f ../manifests/throttled.yaml"
    And every pod is ready
    When 10 seconds pass
    Then a request to "http://free:8080/" answers 200 in under 100ms
    And a request to "http://throttled:8080/" answers 200 in under 2s
    And at no moment a request to "http://throttled:8080/" answered 200 in under 300ms

  Scenario: Three classes of Pods
    Given a cluster with 1 node
    And I run "kubectl apply -f ../manifests/qos.yaml"
    And every pod is ready
    Then field ".status.qosClass" of pod "guaranteed" is "Guaranteed"
    And field ".status.qosClass" of pod "burstable" is "Burstable"
    And field ".status.qosClass" of pod "best-effort" is "BestEffort"

  Scenario: It goes on where it stays short: those without requests first, those within theirs last
    Given a cluster with 1 node
    And I run "kubectl apply -f ../manifests/qos.yaml"
    And every pod is ready
    When node "node-1" runs out of memory for 10 minutes
    And 9 minutes pass
    And I run "kubectl get events --field-selector reason=Evicted --sort-by=.metadata.creationTimestamp -o custom-columns=POD:.involvedObject.name"
    Then the output is:
      """
      POD
      best-effort
      burstable
      guaranteed
      """

  Scenario: A node short of memory evicts those beyond their requests
    Given a cluster with 1 node
    And I run "kubectl apply -f ../manifests/qos.yaml"
    And every pod is ready
    When node "node-1" runs out of memory for 10 minutes
    Then within 5 minutes an event "Evicted" is recorded for pod "best-effort"
    And pod "guaranteed" is running
