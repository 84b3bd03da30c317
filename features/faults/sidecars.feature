Feature: Faults strike sidecars and init containers by their names
  A fault that names a container finds it among the sidecars and init containers too; one that names none means the
  containers proper.

  Background:
    Given a cluster with 1 node
    And image "setup:1" behaves as:
      """
      exits: {after: 20s, code: 0}
      """
    And image "envoy:1.31" behaves as:
      """
      listens: [9901]
      """
    And the manifest:
      """
      apiVersion: v1
      kind: Pod
      metadata: {name: web}
      spec:
        initContainers:
          - name: proxy
            image: envoy:1.31
            restartPolicy: Always
          - name: setup
            image: setup:1
        containers: [{name: web, image: "nginx:1.27"}]
      """

  Scenario: A sidecar crashes, and the container beside it runs on
    Given every pod is ready
    When container "proxy" of pod "web" crashes
    Then within 1 minute container "proxy" of pod "web" has restarted once
    And container "web" of pod "web" has restarted 0 times

  Scenario: A sidecar that is OOM-killed
    Given every pod is ready
    When container "proxy" of pod "web" is OOM-killed
    Then within 1 minute container "proxy" of pod "web" was last terminated with reason "OOMKilled"
    And within 2 minutes pod "web" is ready

  Scenario: An init container fails, and is run again
    When 10 seconds pass
    And container "setup" of pod "web" crashes with exit code 3
    Then within 1 minute container "setup" of pod "web" has restarted once
    And within 2 minutes pod "web" is ready
