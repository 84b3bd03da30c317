Feature: Without a webhook versions of a custom resource differ in name alone
  A request is defaulted, pruned and checked by the schema of the version that it is of. Its object is stored under
  the name of the stored version, without what that one's schema lacks: what is lost there is lost in every version.

  Background:
    Given a cluster with 1 node
    And the manifests in "in-name-alone.yaml"
    And the manifest:
      """
      apiVersion: watch.example.com/v1beta1
      kind: Alarm
      metadata: {name: old}
      spec: {query: up == 0, expression: rate(errors)}
      """

  Scenario: Each version is checked by its own schema
    When I run:
      """
      kubectl patch alarms.v1beta1.watch.example.com old --type=merge -p '{"spec":{"repeat":7}}'
      """
    Then the command fails with "spec.repeat: Invalid value: 7: spec.repeat in body should be less than or equal to 5"
    When I run:
      """
      kubectl patch alarms.v1.watch.example.com old --type=merge -p '{"spec":{"repeat":7}}'
      """
    Then the output is:
      """
      alarm.watch.example.com/old patched
      """

  Scenario: A field that the stored version lacks is lost, and nobody says so
    When I run "kubectl get alarms.v1beta1.watch.example.com old -o jsonpath={.apiVersion}:{.spec}"
    Then the output is:
      """
      watch.example.com/v1beta1:{"query":"up == 0","repeat":3}
      """
