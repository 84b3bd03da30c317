Feature: A load balancer before the nodes
  A Service of type LoadBalancer waits for an address until somebody gives it one. A cloud does, or, in a cluster of one's
  own, a load balancer with a pool of addresses. It sends to the nodes, and learns late that one is gone.

  @S10
  Scenario: An address from a pool inside the cluster
    Given a load balancer with addresses "172.18.255.200-172.18.255.201"
    And a cluster with 3 nodes
    And the manifests in "balanced.yaml"
    And every pod is ready
    And 1 second passes
    When I run "kubectl get service shop"
    Then the output contains "LoadBalancer"
    And the output contains "172.18.255.200"
    And a request to "http://172.18.255.200/" answers 200
    And an event "IPAllocated" is recorded for service "shop"

  @S10
  Scenario: Without a load balancer the address stays pending, and the node port serves
    Given a cluster with 1 node
    And the manifests in "balanced.yaml"
    And every pod is ready
    When I run "kubectl get service shop"
    Then the output contains "<pending>"
    And a request to "http://172.18.255.200/" times out

  @S10
  Scenario: The pool is exhausted until a Service gives its address back
    Given a load balancer with addresses "192.0.2.1"
    And a cluster with 1 node
    And the manifests in "balanced.yaml"
    And every pod is ready
    When I run "kubectl expose deployment shop --name=second --type=LoadBalancer --port=80"
    Then within 10 seconds an event "AllocationFailed" is recorded for service "second" saying "no available IPs"
    When I run "kubectl delete service shop"
    Then within 10 seconds field "status.loadBalancer.ingress[0].ip" of service "second" is "192.0.2.1"

  Scenario: Requests fail while the load balancer still sends to a node that lost power
    Given a load balancer with addresses "192.0.2.0/28"
    And a cluster with 3 nodes
    And the manifests in "balanced.yaml"
    And every pod is ready
    And a client sends 10 requests per second to "http://192.0.2.0/"
    And 10 seconds pass
    When node "node-3" loses power
    And 6 seconds pass
    Then at most 40 requests failed
    And node "node-3" is ready
    When 1 minute passes
    Then node "node-3" is unknown

  Scenario: With a local traffic policy only nodes that have a ready Pod are sent to
    Given a load balancer with addresses "192.0.2.0/28"
    And a cluster with 3 nodes
    And the manifests in "balanced.yaml"
    And every pod is ready
    When deployment "shop" is scaled to 1
    And I run:
      """
      kubectl patch service shop -p '{"spec": {"externalTrafficPolicy": "Local", "healthCheckNodePort": 30999}}'
      """
    And 1 minute passes
    Then exactly 1 pod matching "app=shop" is serving
    And a request to "http://192.0.2.0/" answers 200
    And for 10 seconds a request to "http://192.0.2.0/" answers 200
    When deployment "shop" is scaled to 0
    And 10 seconds pass
    Then a request to "http://node-1:30999/healthz" answers 503

  Scenario: Source ranges let nobody else in
    Given a load balancer with addresses "192.0.2.0/28"
    And a cluster with 1 node
    And the manifests in "balanced.yaml"
    And every pod is ready
    And 1 second passes
    And a request to "http://192.0.2.0/" answers 200
    When I run:
      """
      kubectl patch service shop -p '{"spec": {"loadBalancerSourceRanges": ["198.51.100.0/24"]}}'
      """
    And 1 second passes
    Then a request to "http://192.0.2.0/" times out

  Scenario: Nothing is sent to nodes of the control plane, which are left out of load balancing
    Given a load balancer with addresses "192.0.2.0/28"
    And a cluster with 3 control plane nodes and 1 worker
    And the manifests in "balanced.yaml"
    And every pod is ready
    And a client sends 10 requests per second to "http://192.0.2.0/"
    And 10 seconds pass
    When node "control-plane-3" loses power
    And 10 seconds pass
    Then no request failed
    And within 1 minute node "control-plane-3" is unknown

  Scenario: With a local policy, a node whose kube-proxy has stopped answers no health check any more
    Given a load balancer with addresses "192.0.2.0/28"
    And a cluster with 1 node
    And the manifests in "balanced.yaml"
    And every pod is ready
    And I run:
      """
      kubectl patch service shop -p '{"spec": {"externalTrafficPolicy": "Local"}}'
      """
    And 10 seconds pass
    And a request to "http://192.0.2.0/" answers 200
    When kube-proxy of node "node-1" stops for 1 minute
    And 10 seconds pass
    Then a request to "http://192.0.2.0/" times out
    And within 2 minutes a request to "http://192.0.2.0/" answers 200
