Feature: A NetworkPolicy says who may talk to whom
  Without a policy every Pod reaches every other. A Pod that a policy selects is isolated: only what one of its policies
  allows passes, and what does not is dropped, so that the client waits in vain.

  Background:
    Given a cluster with 2 nodes
    And the manifests in "policies.yaml"
    And every pod is ready
    And 1 second passes

  Scenario: Deny everybody, then let one in
    Given a request to "http://shop/" from pod "stranger" answers 200
    When the manifest:
      """yaml
      apiVersion: networking.k8s.io/v1
      kind: NetworkPolicy
      metadata: {name: default-deny}
      spec: {podSelector: {}, policyTypes: [Ingress]}
      """
    And 1 second passes
    Then a request to "http://shop/" from pod "stranger" times out
    And a request to "http://shop/" from pod "friend" times out
    When the manifest:
      """yaml
      apiVersion: networking.k8s.io/v1
      kind: NetworkPolicy
      metadata: {name: let-friends-in}
      spec:
        podSelector: {matchLabels: {app: shop}}
        ingress: [{from: [{podSelector: {matchLabels: {app: friend}}}], ports: [{port: 80}]}]
      """
    And 1 second passes
    Then a request to "http://shop/" from pod "friend" answers 200
    And a request to "http://shop/" from pod "stranger" times out
    When I run "kubectl label pod stranger app=friend --overwrite"
    And 1 second passes
    Then a request to "http://shop/" from pod "stranger" answers 200
    When I run "kubectl label pod stranger app=stranger --overwrite"
    And 1 second passes
    Then a request to "http://shop/" from pod "stranger" times out
    When I run "kubectl delete networkpolicy default-deny let-friends-in"
    And 1 second passes
    Then a request to "http://shop/" from pod "stranger" answers 200

  Scenario: Nobody goes out
    When the manifest:
      """yaml
      apiVersion: networking.k8s.io/v1
      kind: NetworkPolicy
      metadata: {name: stay-in}
      spec: {podSelector: {matchLabels: {app: stranger}}, policyTypes: [Egress]}
      """
    And 1 second passes
    Then a request to "http://shop/" from pod "stranger" times out
    And a request to "http://shop/" from pod "friend" answers 200
