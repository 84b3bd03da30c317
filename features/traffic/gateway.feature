Feature: Gateways and their routes
  Whoever runs the cluster makes a Gateway, whoever runs a service attaches a route to it. What came of both stands in
  their status; a request goes by the rule that is meant most narrowly.

  Background:
    Given a cluster with 2 nodes and a gateway controller
    And I run "kubectl apply -f gateway-api.yaml"
    And 2 seconds pass
    And I run "kubectl apply -f store.yaml"
    And every pod is ready
    And 5 seconds pass

  Scenario: What a Gateway and a route say of themselves
    When I run "kubectl get gatewayclass nginx"
    Then the output contains "gateway.nginx.org/nginx-gateway-controller   True"
    When I run "kubectl get gateway front"
    Then the output contains "front   nginx   172.18.255.200   True"
    When I run "kubectl get gateway front -o jsonpath={.status.listeners[0].attachedRoutes}"
    Then the output contains "1"
    When I run "kubectl get httproute store -o jsonpath={.status.parents[0].conditions[*].reason}"
    Then the output contains "Accepted BackendNotFound"

  Scenario: By hosts, paths and headers
    Then a request to "http://172.18.255.200/" with header "Host: store.example.com" answers 200 from a pod matching "app=store"
    And a request to "http://172.18.255.200/" with header "Host: other.example.com" answers 404
    And a request to "http://172.18.255.200/" with header "Host: store.example.org" answers 404
    And a request to "http://172.18.255.200/old/shelf" with header "Host: store.example.com" answers 301
    And a request to "http://172.18.255.200/nowhere" with header "Host: store.example.com" answers 500
    And within 1 minute a request to "http://172.18.255.200/half" with header "Host: store.example.com" answers 200 from a pod matching "app=store"
    And within 1 minute a request to "http://172.18.255.200/half" with header "Host: store.example.com" answers 200 from a pod matching "app=next"

  Scenario: Host names of routes are known beyond the cluster
    Then a request to "http://store.example.com/" answers 200 from a pod matching "app=store"
    And a request to "http://other.example.com/" is not resolved

  Scenario: Without a ready endpoint it answers 503
    When deployment "store" is scaled to 0
    And 10 seconds pass
    Then a request to "http://172.18.255.200/" with header "Host: store.example.com" answers 503

  Scenario: A route of another namespace needs leave: from the listener, and from the Service's namespace
    When I run "kubectl create namespace other"
    And I run "kubectl apply -n other -f elsewhere.yaml"
    And 5 seconds pass
    Then a request to "http://172.18.255.200/" with header "Host: elsewhere.example.com" answers 404
    When I run "kubectl apply -f open-gateway.yaml"
    And 5 seconds pass
    Then a request to "http://172.18.255.200/" with header "Host: elsewhere.example.com" answers 500
    When I run "kubectl get httproute elsewhere -n other -o jsonpath={.status.parents[0].conditions[*].reason}"
    Then the output contains "Accepted RefNotPermitted"
    When I run "kubectl apply -f grant.yaml"
    And 5 seconds pass
    Then a request to "http://172.18.255.200/" with header "Host: elsewhere.example.com" answers 200

  Scenario: A rollout behind a Gateway fails those requests that a Pod got as it left
    Given I run "kubectl apply -f plain-route.yaml"
    And 5 seconds pass
    And a client sends 5 requests per second to "http://172.18.255.200/"
    When I run "kubectl rollout restart deployment store next"
    Then within 5 seconds the rollout of deployment "store" is progressing
    When 1 minute passes
    Then the rollout of deployment "store" is complete
    And at least 95% of requests succeeded
    And at every moment at least 2 pods matching "app=store" were available
    And at every moment at least 1 pod matching "app=next" was available

  Scenario: A listener that names kinds which nobody serves takes those that are; a rule that cannot be read is refused
    When the manifest:
      """yaml
      apiVersion: gateway.networking.k8s.io/v1
      kind: Gateway
      metadata: {name: front}
      spec:
        gatewayClassName: nginx
        listeners:
          - {name: http, port: 80, protocol: HTTP, allowedRoutes: {kinds: [{kind: HTTPRoute}, {kind: TLSRoute}]}}
      ---
      apiVersion: gateway.networking.k8s.io/v1
      kind: HTTPRoute
      metadata: {name: unread}
      spec:
        parentRefs: [{name: front}]
        hostnames: [unread.example.com]
        rules:
          - matches: [{path: {type: RegularExpression, value: "/[a"}}]
            backendRefs: [{name: store, port: 80}]
      """
    And 5 seconds pass
    Then a request to "http://172.18.255.200/" with header "Host: store.example.com" answers 200 from a pod matching "app=store"
    And a request to "http://172.18.255.200/a" with header "Host: unread.example.com" answers 404
    When I run "kubectl get gateway front -o jsonpath={.status.listeners[0].conditions[2].reason}"
    Then the output contains "InvalidRouteKinds"
    When I run "kubectl get httproute unread -o jsonpath={.status.parents[0].conditions[0].reason}"
    Then the output contains "UnsupportedValue"
