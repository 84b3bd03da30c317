Feature: A definition of custom resources is deleted
  Whoever deletes a definition deletes every object of it.

  Scenario: objects that a finalizer holds keep their definition
    Given a cluster with 1 node
    And the manifests in "../custom-resources/definition.yaml"
    And the manifest in "../custom-resources/crontab.yaml"
    And I run:
      """
      kubectl patch ct nightly --type=merge -p '{"metadata":{"finalizers":["example.com/hold"]}}'
      """
    When custom resource definition "crontabs.stable.example.com" is deleted
    And 10 seconds pass
    Then CustomResourceDefinition "crontabs.stable.example.com" has condition "Terminating" "True" with reason "InstanceDeletionInProgress"
    And there is a CronTab "nightly"
    When I run:
      """
      kubectl patch ct nightly --type=merge -p '{"metadata":{"finalizers":null}}'
      """
    Then within 10 seconds there is no CustomResourceDefinition "crontabs.stable.example.com"
