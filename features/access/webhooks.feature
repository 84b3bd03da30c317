Feature: Admission webhooks
  A webhook is a program that the API server asks about what somebody wants to write. It may refuse, or change the
  object. Where it does not answer, its failurePolicy decides: with Fail nothing that it is asked about can be written.

  Background:
    Given a cluster with 2 nodes
    And the manifests in "guard.yaml"
    And namespace "guard"
    And every pod is ready
    And the manifests in "guard-registration.yaml"

  Scenario: a webhook says no, and kubectl says what it said
    Given admission webhook "pods.guard.example.com" behaves as:
      """
      answers:
        - when: "!has(object.metadata.labels) || !('team' in object.metadata.labels)"
          denies: a Pod needs the label team
      """
    When I run "kubectl run web --image=nginx:1.27"
    Then the command fails with "admission webhook \"pods.guard.example.com\" denied the request: a Pod needs the label team"
    When I run "kubectl run web --image=nginx:1.27 --labels=team=shop"
    Then the output contains "pod/web created"
    And every pod is ready

  Scenario: what controllers make is refused too, and their objects say why
    Given admission webhook "pods.guard.example.com" denies requests with "not today"
    When I run "kubectl create deployment web --image=nginx:1.27"
    And 1 minute passes
    Then deployment "web" has 0 of 1 replicas ready
    When I run "kubectl get events"
    Then the output contains "denied the request: not today"

  Scenario: a webhook whose Pods are gone cannot have new ones, because it is asked about them
    When deployment "guard" is scaled to 0
    And 1 minute passes
    And deployment "guard" is scaled to 1
    And 5 minutes pass
    Then exactly 0 pods matching "app=guard" are ready
    When I run "kubectl run web --image=nginx:1.27"
    Then the command fails with "failed calling webhook \"pods.guard.example.com\": failed to call webhook: Post \"https://guard.guard.svc:443/pods?timeout=10s\": dial tcp"
    And the command fails with "connect: connection refused"
    # The way out: the registration goes, or leaves the namespace of its own Pods out.
    When I run "kubectl delete validatingwebhookconfiguration guard"
    Then within 20 minutes at least 1 pod matching "app=guard" is ready

  Scenario: failurePolicy Ignore lets through what nobody answers for
    When I run:
      """
      kubectl patch validatingwebhookconfiguration guard --type=json -p '[{"op":"replace","path":"/webhooks/0/failurePolicy","value":"Ignore"}]'
      """
    And deployment "guard" is scaled to 0
    And 1 minute passes
    Then exactly 0 pods matching "app=guard" are running
    When deployment "guard" is scaled to 1
    Then within 2 minutes at least 1 pod matching "app=guard" is ready

  Scenario: a webhook that answers later than its timeoutSeconds has not answered
    Given admission webhook "pods.guard.example.com" behaves as:
      """
      after: 12s
      """
    When I run "kubectl run web --image=nginx:1.27"
    Then the command fails with "?timeout=10s\": context deadline exceeded"

  Scenario: a dry run on the server asks webhooks, and stores nothing
    Given admission webhook "pods.guard.example.com" denies requests with "not today"
    When I run "kubectl run web --image=nginx:1.27 --dry-run=server"
    Then the command fails with "denied the request: not today"
    Given admission webhook "pods.guard.example.com" allows requests
    When I run "kubectl run web --image=nginx:1.27 --dry-run=server"
    Then the output contains "pod/web created (server dry run)"
    When I run "kubectl get pod web"
    Then the command fails with "pods \"web\" not found"
