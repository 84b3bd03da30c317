@S9
Feature: S9. A port of every node
  A NodePort Service is a ClusterIP Service that is also asked on a port of each node, whichever node its pods are on.

  Background:
    Given a cluster with 3 nodes

  Scenario: A fixed port, on every node, and a cluster IP with it
    When I run "kubectl apply -f ../manifests/nginx-nodeport.yaml -f ../manifests/deployment-sample.yaml"
    Then the output is:
      """
      service/nginx-nodeport-service created
      deployment.apps/nginx-deployment created
      """
    And every pod is ready
    And 2 seconds pass
    When I run "kubectl get services"
    Then the output contains "nginx-nodeport-service   NodePort    10."
    And the output contains "80:30080/TCP"
    And a request to "http://node-1:30080/" answers 200
    And a request to "http://node-2:30080/" answers 200
    And a request to "http://node-3:30080/" answers 200
    And a request to "http://nginx-nodeport-service/" answers 200

  Scenario: Of a living Service the type is changed; its address stays
    Given I run "kubectl apply -f ../manifests/my-first-pod.yaml -f ../manifests/nginx-service.yaml"
    And every pod is ready
    When I run "kubectl get service my-first-service"
    Then the output contains "my-first-service   ClusterIP   10."
    And within 5 seconds a request to "http://my-first-service/" answers 200
    When I run "kubectl apply -f ../manifests/nginx-service-nodeport.yaml"
    Then the output is:
      """
      service/my-first-service configured
      """
    When I run "kubectl get service my-first-service"
    Then the output contains "my-first-service   NodePort   10."
    And the output contains "80:30000/TCP"
    When 2 seconds pass
    Then a request to "http://node-2:30000/" answers 200

  Scenario: None named, one is allocated out of 30000 to 32767
    Given I run "kubectl apply -f ../manifests/my-first-pod.yaml -f ../manifests/nginx-service.yaml"
    When I run:
      """
      kubectl patch service my-first-service -p '{"spec":{"type":"NodePort"}}'
      """
    And I run "kubectl get service my-first-service | grep -E '80:3[0-2][0-9]{3}/TCP'"
    Then the output contains "NodePort"

  Scenario: One port, one Service
    Given I run "kubectl apply -f ../manifests/nginx-nodeport.yaml"
    When I run "kubectl apply -f ../manifests/nginx-nodeport-same.yaml"
    Then the command fails with "provided port is already allocated"

  Scenario: Deleted by the file that made it, the port is free again
    Given I run "kubectl apply -f ../manifests/nginx-nodeport.yaml"
    When I run "kubectl delete -f ../manifests/nginx-nodeport.yaml"
    Then the output contains:
      """
      service "nginx-nodeport-service" deleted
      """
    When I run "kubectl apply -f ../manifests/nginx-nodeport-same.yaml"
    Then the output contains "created"
