Feature: A Service gives pods one name
  Pods come and go, and their addresses with them. A Service has a name in DNS and a list of the pods that are ready;
  kube-proxy on each node sends a request to one of them.

  Scenario: By name, from another pod
    Given a cluster with 3 nodes
    And the manifests in "clusterip.yaml"
    And the manifest in "bastion.yaml"
    And every pod is ready
    And 1 second passes
    Then service "nginx-service" routes to 3 pods
    And a request to "http://nginx-service/" from pod "bastion" answers 200
    And a request to "http://nginx-service.default.svc.cluster.local/" from pod "bastion" answers 200
    And a request to "http://no-such-service/" from pod "bastion" is not resolved

  Scenario: A NodePort answers on every node
    Given a cluster with 3 nodes
    And the manifests in "nodeport.yaml"
    And every pod is ready
    And 1 second passes
    When I run "kubectl get service nginx-nodeport-service"
    Then the output contains "80:30080/TCP"
    And a request to "http://node-1:30080/" answers 200
    And a request to "http://node-2:30080/" answers 200
    And a request to "http://node-3:30080/" answers 200

  Scenario: Requests to a dead node's pod time out until the endpoint is gone
    Given a cluster with 2 nodes
    And the manifests in "clusterip.yaml"
    And the manifest in "bastion.yaml"
    And every pod is ready
    And a client sends 1 request per second to "http://nginx-service/"
    When node "node-1" loses power
    And 2 minutes pass
    Then node "node-1" is unknown
    And at least 50% of requests succeeded
    And the moment "noticed"
    And 1 minute passes
    And since "noticed" no request failed
