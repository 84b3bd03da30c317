Feature: Ingress
  Background:
    Given a cluster with 2 nodes and an ingress controller
    And the manifests in "shop.yaml"
    And every pod is ready

  Scenario: host and path decide which Service answers
    When 1 minute passes
    Then a request to "http://shop.example.com/" answers 200 from a pod matching "app=shop"
    And a request to "http://shop.example.com/hostname" answers 200 from a pod matching "app=help"
    And a request to "http://shop.example.com/nowhere" answers 404
    When I run "kubectl get ingress"
    Then the output is:
      """
      NAME   CLASS   HOSTS              ADDRESS          PORTS   AGE
      shop   nginx   shop.example.com   172.18.255.200   80      1m
      """
    And a request to "http://172.18.255.200/" answers 404
