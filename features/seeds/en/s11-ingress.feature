@S11
Feature: S11. Ingress
  What brings requests from an outer load balancer to containers in the cluster: host and path decide which
  Service they come to. The rules are objects of the API; a controller, which the cluster has to have, plays
  them.

  Scenario: Host and path decide, and what no rule is for is not found
    Given a cluster with 3 nodes and an ingress controller
    And the manifests in "../../traffic/shop.yaml"
    And every pod is ready
    Then within 90 seconds field "status.loadBalancer.ingress[0].ip" of ingress "shop" is "172.18.255.200"
    And within 10 seconds a request to "http://shop.example.com/" answers 200 from a pod matching "app=shop"
    And within 10 seconds a request to "http://shop.example.com/hostname" answers 200 from a pod matching "app=help"
    And a request to "http://shop.example.com/nowhere" answers 404
    And a request to "http://172.18.255.200/" answers 404

  Scenario: A default backend answers what no rule is for
    Given a cluster with 3 nodes and an ingress controller
    And the manifests in "../../traffic/shop.yaml"
    And every pod is ready
    When I run "kubectl create ingress fallback --class=nginx --default-backend=help:80"
    Then within 10 seconds a request to "http://172.18.255.200/hostname" answers 200 from a pod matching "app=help"

  Scenario: Without a controller, nothing comes of the rules
    Given a cluster with 3 nodes
    And the manifests in "../../traffic/shop.yaml"
    And every pod is ready
    When 2 minutes pass
    Then a request to "http://shop.example.com/" is not resolved
    When I run "kubectl get ingress"
    Then the output contains "NAME   CLASS   HOSTS              ADDRESS   PORTS   AGE"
    And the output contains "shop   nginx   shop.example.com             80      2m"
