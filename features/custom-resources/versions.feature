Feature: A webhook converts custom resources between their versions
  etcd has each object in one version, the stored one. Whoever wants it in another asks the API server, and that asks
  the definition's webhook: while that does not answer, nobody gets what he has to have converted.

  Background:
    Given a cluster with 2 nodes
    And conversion webhook of "servers.net.example.com" behaves as:
      """
      conversions:
        - from: v1beta1
          to: v1
          moves:
            spec.replicas: spec.scale.replicas
          sets:
            spec.host: object.spec.hostPort.split(':')[0]
            spec.port: object.spec.hostPort.split(':')[1]
          drops: [spec.hostPort]
        - from: v1
          to: v1beta1
          moves:
            spec.scale.replicas: spec.replicas
          sets:
            spec.hostPort: object.spec.host + ':' + object.spec.port
          drops: [spec.host, spec.port, spec.scale]
      """
    And the manifests in "versions.yaml"
    And every pod is ready
    And the manifest in "server.yaml"

  Scenario: What was written in one version is read in another
    When I run "kubectl get servers"
    Then the output is:
      """
      NAME   HOST               PORT
      mail   mail.example.com   25
      """
    When I run "kubectl get servers.v1beta1.net.example.com mail -o jsonpath={.apiVersion}:{.spec.hostPort}"
    Then the output is:
      """
      net.example.com/v1beta1:mail.example.com:25
      """
    When I run:
      """
      kubectl patch server mail --type=merge -p '{"spec":{"port":"587","scale":{"replicas":5}}}'
      """
    And I run "kubectl get servers.v1beta1.net.example.com mail -o jsonpath={.spec}"
    Then the output is:
      """
      {"hostPort":"mail.example.com:587","replicas":5}
      """

  Scenario: While its Pods are gone objects can be had as they are stored, and not deleted
    When deployment "converter" is scaled to 0
    And 1 minute passes
    And I run "kubectl get servers"
    Then the command fails with "Error from server: conversion webhook for net.example.com/v1beta1, Kind=Server failed: Post \"https://converter.default.svc:443/convert?timeout=30s\": dial tcp"
    And the command fails with "connect: connection refused"
    When I run "kubectl get servers.v1beta1.net.example.com mail -o name"
    Then the output is:
      """
      server.net.example.com/mail
      """
    When I run "kubectl delete server mail"
    Then the command fails with "conversion webhook for net.example.com/v1beta1, Kind=Server failed"
    When deployment "converter" is scaled to 1
    And every pod is ready
    And I run "kubectl delete server mail"
    Then the output contains "deleted"

  Scenario: A namespace stays that holds what nobody converts
    When I run "kubectl create namespace team"
    And I run "kubectl apply -n team -f server.yaml"
    And conversion webhook of "servers.net.example.com" is down for 3 minutes
    And I run "kubectl delete namespace team --wait=false"
    And 1 minute passes
    And I run "kubectl get namespace team -o jsonpath={.status.conditions[2].message}"
    Then the output contains "Failed to delete all resource types, 1 remaining: conversion webhook for net.example.com/v1beta1, Kind=Server failed"
    And within 20 minutes there is no namespace "team"

  Scenario: Late is down where it is later than the time-out
    When conversion webhook of "servers.net.example.com" answers 30s late for 1 minute
    And I run "kubectl get servers"
    Then the command fails with "convert?timeout=30s\": context deadline exceeded"

  Scenario: A certificate that its caBundle does not vouch for
    Given conversion webhook of "servers.net.example.com" behaves as:
      """
      certificate: unknown authority
      conversions: []
      """
    When I run "kubectl get servers"
    Then the command fails with "tls: failed to verify certificate: x509: certificate signed by unknown authority"

  Scenario: The webhook says why it converts nothing
    Given conversion webhook of "servers.net.example.com" behaves as:
      """
      fails: "unexpected conversion version v1beta1"
      conversions: []
      """
    When I run "kubectl get server mail"
    Then the command fails with "conversion webhook for net.example.com/v1beta1, Kind=Server failed: unexpected conversion version v1beta1"
