Feature: Gateways that do not take changes in, or do not listen any more
  A proxy that cannot be given a new configuration goes by the one that it has, and is wrong by and by.

  Background:
    Given a cluster with 2 nodes and a gateway controller
    And I run "kubectl apply -f ../traffic/gateway-api.yaml"
    And 2 seconds pass
    And I run "kubectl apply -f ../traffic/store.yaml"
    And every pod is ready
    And 5 seconds pass

  Scenario: Reloads fail: a route is not known until they work again, and says so
    When gateway reloads fail for 2 minutes
    And I run "kubectl apply -f ../traffic/plain-route.yaml"
    And 10 seconds pass
    Then a request to "http://172.18.255.200/" with header "Host: store.example.org" answers 404
    And a request to "http://172.18.255.200/" with header "Host: store.example.com" answers 200
    When I run "kubectl get gateway front -o jsonpath={.status.conditions[*].reason}"
    Then the output contains "Accepted Invalid"
    When I run "kubectl get httproute plain -o jsonpath={.status.parents[0].conditions[0].reason}"
    Then the output contains "GatewayNotProgrammed"
    And within 3 minutes a request to "http://172.18.255.200/" with header "Host: store.example.org" answers 200
    When 5 seconds pass
    And I run "kubectl get gateway front -o jsonpath={.status.conditions[*].reason}"
    Then the output contains "Accepted Programmed"

  Scenario: Reloads fail: Pods that were replaced meanwhile get no requests
    When gateway reloads fail for 5 minutes
    And I run "kubectl rollout restart deployment store"
    And 2 minutes pass
    Then a request to "http://172.18.255.200/" with header "Host: store.example.com" times out
    And within 5 minutes a request to "http://172.18.255.200/" with header "Host: store.example.com" answers 200

  Scenario: A listener whose certificate is gone closes its port
    Given I run:
      """
      kubectl create secret generic front --from-literal=tls.crt=certificate --from-literal=tls.key=key
      """
    And the manifests in "tls-gateway.yaml"
    And 5 seconds pass
    Then a request to "https://172.18.255.200/" with header "Host: store.example.com" answers 200
    When secret "front" is missing for 5 minutes
    And 5 seconds pass
    Then a request to "https://172.18.255.200/" with header "Host: store.example.com" is refused
    When I run "kubectl get gateway front -o jsonpath={.status.listeners[0].conditions[*].reason}"
    Then the output contains "InvalidCertificateRef"
    And within 10 minutes a request to "https://172.18.255.200/" with header "Host: store.example.com" answers 200

  Scenario: The Gateway's controller is gone
    When I run "kubectl scale deployment nginx-gateway -n nginx-gateway --replicas=0"
    And 1 minute passes
    Then a request to "http://172.18.255.200/" with header "Host: store.example.com" times out
    When I run "kubectl scale deployment nginx-gateway -n nginx-gateway --replicas=1"
    Then within 1 minute a request to "http://172.18.255.200/" with header "Host: store.example.com" answers 200
