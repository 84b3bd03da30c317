Feature: How long an answer takes, who gives it, and how long there is none
  A request says more than its status: which pod answered, and how long it took. The clients' requests say how long an
  outage lasted.

  Background:
    Given a cluster with 2 nodes
    And image "shop:slow" behaves as:
      """
      listens: [80]
      http:
        /: {status: 200, after: 500ms}
      """
    And the manifest:
      """
      apiVersion: v1
      kind: Pod
      metadata: {name: blue, labels: {app: shop, version: blue}}
      spec:
        containers: [{name: shop, image: "nginx:1.27", ports: [{containerPort: 80}]}]
      ---
      apiVersion: v1
      kind: Pod
      metadata: {name: green, labels: {app: shop, version: green}}
      spec:
        containers: [{name: shop, image: "shop:slow", ports: [{containerPort: 80}]}]
      ---
      apiVersion: v1
      kind: Service
      metadata: {name: shop}
      spec:
        selector: {app: shop}
        ports: [{port: 80}]
      """
    And every pod is ready

  Scenario: A slow answer is slow
    When 10 seconds pass
    Then a request to "http://blue/" answers 200 in under 10ms
    And a request to "http://green/" from pod "blue" answers 200 in under 1 second
    And for 1 minute a request to "http://green/" answers 200 in under 600ms

  @expect-failure
  Scenario: An answer that takes half a second does not come within 10 milliseconds
    When 10 seconds pass
    Then a request to "http://green/" answers 200 in under 10ms

  Scenario: Both pods behind a service answer
    When 10 seconds pass
    Then within 1 minute a request to "http://shop/" answers 200 from a pod matching "version=blue"
    And within 1 minute a request to "http://shop/" from pod "green" answers 200 from a pod matching "version=green"

  Scenario: How long nobody answers
    Given a client sends 10 requests per second to "http://blue/"
    When 10 seconds pass
    And container "shop" of pod "blue" crashes
    And 30 seconds pass
    Then container "shop" of pod "blue" has restarted once
    And at most 50 requests failed in a row
    And the longest outage was under 5 seconds
