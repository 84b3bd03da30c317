Feature: Images that nobody described
  A manifest that works on a real cluster comes up here too, whatever its images are. What was assumed of them is told
  at the end of the run; `image … behaves as:` says otherwise.

  Background:
    Given a cluster with 2 nodes

  Scenario: the program listens where its probe asks, and where a service sends
    Given the manifest:
      """
      apiVersion: v1
      kind: Pod
      metadata: {name: shop, labels: {app: shop}}
      spec:
        initContainers: [{name: migrate, image: "example.com/migrate:1", args: [up]}]
        containers:
          - name: shop
            image: example.com/shop:1
            readinessProbe: {httpGet: {port: 9090, path: /healthz}}
      ---
      apiVersion: v1
      kind: Service
      metadata: {name: shop}
      spec: {selector: {app: shop}, ports: [{port: 80, targetPort: 8080}]}
      ---
      apiVersion: v1
      kind: Service
      metadata: {name: pods}
      spec: {clusterIP: None, selector: {app: shop}}
      """
    And every pod is ready
    Then within 10 seconds a request to "http://shop/" answers 200
    And a request to "http://pods:9090/" answers 200
    And an event "Unhealthy" was recorded for pod "shop" saying ":9090/healthz\""

  Scenario: and what a scenario says of an image counts instead
    Given image "example.com/shop" behaves as:
      """
      listens: [9090]
      """
    And the manifest:
      """
      apiVersion: v1
      kind: Pod
      metadata: {name: shop, labels: {app: shop}}
      spec: {containers: [{name: shop, image: "example.com/shop:1"}]}
      ---
      apiVersion: v1
      kind: Service
      metadata: {name: shop}
      spec: {selector: {app: shop}, ports: [{port: 80, targetPort: 8080}]}
      """
    And every pod is ready
    Then a request to "http://shop/" is refused

  Scenario: a pod on the network of its node is probed there
    Given the manifest:
      """
      apiVersion: v1
      kind: Pod
      metadata: {name: agent}
      spec:
        hostNetwork: true
        containers:
          - name: agent
            image: example.com/agent:1
            livenessProbe: {httpGet: {host: 127.0.0.1, port: 8134}}
      """
    And every pod is ready
    When 5 minutes pass
    Then container "agent" of pod "agent" has restarted 0 times
