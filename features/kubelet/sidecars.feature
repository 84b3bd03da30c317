Feature: Sidecars
  A sidecar is there for the other containers of its pod: it starts before them, stops after them, and does not keep
  a pod alive whose work is done.

  Background:
    Given a cluster with 1 node

  Scenario: a pod is over when its work is, and its sidecar goes in good order
    Given image "registry.example/job:1" behaves as:
      """
      exits: {after: 20s, code: 0}
      """
    And the manifest:
      """
      apiVersion: v1
      kind: Pod
      metadata: {name: report}
      spec:
        restartPolicy: OnFailure
        initContainers:
          - name: shipper
            image: registry.example/shipper:1
            restartPolicy: Always
            lifecycle: {preStop: {sleep: {seconds: 5}}}
        containers: [{name: main, image: "registry.example/job:1"}]
      """
    When 27 seconds pass
    Then pod "report" is running
    When 10 seconds pass
    Then pod "report" is succeeded
    And container "shipper" of pod "report" has restarted 0 times
    When I run "kubectl get events --field-selector reason=Killing -o jsonpath={.items[*].message}"
    Then the output is:
      """
      Stopping container shipper
      """

  Scenario: what a sidecar is asked to do before it stops, it does at once; it stops after the containers it serves
    Given image "registry.example/slow:1" behaves as:
      """
      ignoresSigterm: true
      """
    And image "registry.example/proxy:1" behaves as:
      """
      listens: []
      """
    And the manifest:
      """
      apiVersion: v1
      kind: Pod
      metadata: {name: shop}
      spec:
        terminationGracePeriodSeconds: 20
        initContainers:
          - name: proxy
            image: registry.example/proxy:1
            restartPolicy: Always
            lifecycle: {preStop: {exec: {command: [cat, /no/such/file]}}}
        containers: [{name: main, image: "registry.example/slow:1"}]
      """
    And every pod is ready
    When pod "shop" is deleted
    And 1 second passes
    Then an event "FailedPreStopHook" is recorded for pod "shop"
    When 18 seconds pass
    Then pod "shop" is running
    And within 5 seconds pod "shop" is gone
