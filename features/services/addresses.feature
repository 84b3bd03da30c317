Feature: A Service by each of its addresses
  The traffic policy that binds a request follows from the address that it asks for.

  Background:
    Given a cluster with 2 nodes
    And I run "kubectl apply -f addresses.yaml"
    And every pod is ready
    And 2 seconds pass

  Scenario: Inside, a local policy keeps to the node; by an external address a Pod reaches all endpoints
    Then a request to "http://web/" from pod "client" times out
    And a request to "http://192.0.2.50/" from pod "client" answers 200
    And a request to "http://192.0.2.50/" answers 200

  Scenario: A port that the Service has not leads nowhere
    Then a request to "http://web:81/" from pod "client" times out

  Scenario: Who wants an address that is no single machine's is refused
    When I run "kubectl create service clusterip wrong --tcp=80:80"
    And I run "kubectl patch service wrong -p '{\"spec\":{\"externalIPs\":[\"169.254.169.254\"]}}'"
    Then the command fails with "may not be in the link-local range (169.254.0.0/16, fe80::/10)"
