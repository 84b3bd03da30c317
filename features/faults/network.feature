Feature: Networks are cut, lossy, late or without names
  Requests are TCP: they need both ways, and what is lost is sent again, later and later. Probes stay on their node and see none of it.

  Background:
    Given a cluster with 2 nodes
    And the manifest:
      """
      apiVersion: v1
      kind: Pod
      metadata: {name: server, labels: {app: server}}
      spec:
        nodeName: node-1
        containers: [{name: main, image: "nginx:1.27", ports: [{containerPort: 80}]}]
      ---
      apiVersion: v1
      kind: Pod
      metadata: {name: client, labels: {app: client}}
      spec:
        nodeName: node-2
        containers: [{name: main, image: "nginx:1.27", ports: [{containerPort: 80}]}]
      ---
      apiVersion: v1
      kind: Service
      metadata: {name: server}
      spec: {selector: {app: server}, ports: [{port: 80}]}
      """
    And every pod is ready
    And 1 second passes

  Scenario: A node is partitioned from the control plane: its Pods go on
    When node "node-1" is partitioned from the control plane for 90 seconds
    And 1 minute passes
    Then node "node-1" is unknown
    # Its Pod counts as not ready, so the Service leads to nobody; the Pod itself serves.
    And within 10 seconds a request to "http://server/" from pod "client" is refused
    And exactly 1 pod matching "app=server" is serving
    And within 2 minutes node "node-1" is ready

  Scenario: Two nodes cannot reach each other
    When nodes "node-1" and "node-2" are partitioned for 30 seconds
    Then a request to "http://server/" from pod "client" times out
    And for 20 seconds pod "server" is ready
    When 10 seconds pass
    Then a request to "http://server/" from pod "client" answers 200

  Scenario: One way is enough to break a connection
    When node "node-1" cannot send to node "node-2" for 30 seconds
    Then a request to "http://server/" from pod "client" times out
    When 30 seconds pass
    Then a request to "http://server/" from pod "client" answers 200

  Scenario: Only some Pods cannot reach each other
    When pods matching "app=client" and pods matching "app=server" are partitioned for 30 seconds
    Then a request to "http://server/" from pod "client" times out
    And a request to "http://server/" answers 200
    When 30 seconds pass
    Then a request to "http://server/" from pod "client" answers 200

  Scenario: Lost packets are sent again, and some requests take too long
    Given a client sends 10 requests per second to "http://server/"
    When node "node-1" loses 95% of its packets for 30 seconds
    Then within 20 seconds a request to "http://server/" times out
    When 30 seconds pass
    And the moment "healed"
    And 10 seconds pass
    Then at least 1 pod matching "app=server" is ready
    And since "healed" no request failed

  Scenario: Late packets make answers late
    When packets of node "node-1" take 6 seconds longer for 30 seconds
    Then a request to "http://server/" from pod "client" times out
    When 30 seconds pass
    Then a request to "http://server/" from pod "client" answers 200

  Scenario Outline: DNS in trouble (<trouble>)
    When DNS <trouble> for 30 seconds
    Then a request to "http://server/" from pod "client" <result>
    When 30 seconds pass
    Then a request to "http://server/" from pod "client" answers 200

    Examples:
      | trouble              | result          |
      | fails                | is not resolved |
      | gives random answers | times out       |

  Scenario: A slow DNS answers those who wait
    When DNS is slow for 30 seconds
    And I run "kubectl exec client -- curl -s -m 1 http://server/"
    Then the command fails with "exit code 28"
    And a request to "http://server/" from pod "client" answers 200

  Scenario: Routes grow stale where kube-proxy is stopped
    Given the manifest in "web.yaml"
    And every pod is ready
    And 1 second passes
    When kube-proxy of every node stops for 2 minutes
    And every pod matching "app=web" is deleted
    And 1 minute passes
    Then deployment "web" has 3 of 3 replicas available
    And service "web" routes to 3 pods
    And a request to "http://web/" times out
    When 1 minute passes
    Then within 5 seconds a request to "http://web/" answers 200

  Scenario: Probes do not see that names are gone, and see that a program hangs
    Given the manifest in "web.yaml"
    And every pod is ready
    When DNS fails for 2 minutes
    Then a request to "http://web/" from pod "client" is not resolved
    And for 1 minute service "web" routes to 3 pods
    When a container of every pod matching "app=web" hangs
    Then for 9 seconds service "web" routes to 3 pods
    And within 30 seconds service "web" routes to 0 pods

  Scenario: A network policy lets nothing in: requests are dropped, and pass again when it is gone
    When a network policy lets nothing into pods matching "app=server" for 1 minute
    And 5 seconds pass
    Then a request to "http://server/" from pod "client" times out
    And within 2 minutes a request to "http://server/" from pod "client" answers 200

  Scenario: A network policy lets nothing out: others still reach the Pod
    When a network policy lets nothing out of pods matching "app=client" for 1 minute
    And 5 seconds pass
    Then a request to "http://server/" from pod "client" times out
    And a request to "http://client/" from pod "server" answers 200
    And within 2 minutes a request to "http://server/" from pod "client" answers 200
