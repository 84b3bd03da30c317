Feature: Containers take more than their share
  Memory cannot be shared out again: who takes too much is killed or evicted. CPU can: who asked for it gets it, the others wait.

  Scenario: A leak is killed at the limit, again and again
    Given a cluster with 1 node
    And the manifest in "server.yaml"
    And every pod is ready
    # nginx takes 10Mi of its 64Mi.
    When container "nginx" of pod "server" leaks "1Mi" of memory per second for 2 minutes
    Then for 50 seconds container "nginx" of pod "server" has restarted 0 times
    And within 10 seconds container "nginx" of pod "server" has restarted once
    And container "nginx" of pod "server" was last terminated with reason "OOMKilled"
    And within 2 minutes container "nginx" of pod "server" has restarted 2 times
    And within 1 minute pod "server" is ready
    And for 10 minutes pod "server" is ready

  Scenario: A leak without a limit becomes the node's trouble
    Given a cluster with 2 nodes
    And the manifest in "web.yaml"
    And every pod is ready
    When a container of a pod matching "app=web" leaks "20Mi" of memory per second for 10 minutes
    Then within 5 minutes an event "Evicted" is recorded for a pod matching "app=web" saying "The node was low on resource: memory"
    And within 5 seconds exactly 1 pod matching "app=web" is failed
    And within 1 minute deployment "web" has 3 of 3 replicas available

  Scenario: CPU that is burnt beside a limit makes its own probes late
    Given a cluster with 1 node
    And image "api" behaves as:
      """
      listens: [80]
      cpu: {perRequest: 200m}
      http: {/: 200}
      """
    And the manifests in "neighbours.yaml"
    And every pod is ready
    When container "api" of pod "modest" burns its CPU for 5 minutes
    Then for 9 seconds pod "modest" is ready
    And within 15 seconds pod "modest" is not ready
    And an event "Unhealthy" is recorded for pod "modest" saying "context deadline exceeded"
    # The limit protects the others.
    And pod "protected" is ready
    And pod "careless" is ready
    And within 6 minutes pod "modest" is ready
    When container "api" of pod "protected" hangs
    Then for 9 seconds pod "protected" is ready
    And within 10 seconds pod "protected" is not ready

  Scenario: CPU that is burnt without a limit is taken from who asked for none
    Given a cluster with 1 node
    And image "api" behaves as:
      """
      listens: [80]
      cpu: {perRequest: 200m}
      """
    And the manifests in "neighbours.yaml"
    And every pod is ready
    When container "api" of pod "protected" burns its CPU for 5 minutes
    Then within 20 seconds pod "careless" is not ready
    And pod "modest" is ready
    And within 6 minutes pod "careless" is ready
