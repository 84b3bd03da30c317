Feature: Who may name an owner
  An object goes with its owner. Where the API server asks OwnerReferencesPermissionEnforcement, only those may name one
  who could delete the object themselves, and only those may make it block the owner's deletion who may set finalizers.

  Background:
    Given a cluster with 1 node
    And cluster setting "ownerReferencesPermissionEnforcement" is "true"

  Scenario: without the right to delete, and then without the right to the owner's finalizers
    When I run "kubectl create role writer --verb=create,get --resource=configmaps"
    And I run "kubectl create rolebinding writer --role=writer --user=olga"
    And I run "kubectl create -f owners.yaml --as olga"
    Then the command fails with "configmaps \"page\" is forbidden: cannot set an ownerRef on a resource you can't delete: , <nil>"
    When I run "kubectl create role remover --verb=delete --resource=configmaps"
    And I run "kubectl create rolebinding remover --role=remover --user=olga"
    And I run "kubectl create -f owners.yaml --as olga"
    Then the command fails with "cannot set blockOwnerDeletion if an ownerReference refers to a resource you can't set finalizers on: , <nil>"
    When I run "kubectl create role finisher --verb=update --resource=deployments.apps/finalizers"
    And I run "kubectl create rolebinding finisher --role=finisher --user=olga"
    And I run "kubectl create -f owners.yaml --as olga"
    Then the output contains "configmap/page created"

  Scenario: controllers may, by the roles that they have
    When I run "kubectl create deployment web --image=nginx:1.27"
    Then within 1 minute deployment "web" has 1 of 1 replicas available
