@level @commands:1
Feature: The namespace that stays
  A namespace was deleted, with the operator in it that was to clean up. One object waits for that operator, and the namespace for the object (kubernetes/kubernetes#60807). There is nothing left to clean.

  Background:
    Given a cluster with 1 node
    And the manifest:
      """
      apiVersion: v1
      kind: Namespace
      metadata:
        name: shop
      ---
      apiVersion: v1
      kind: ConfigMap
      metadata:
        name: ledger
        namespace: shop
        finalizers: [shop.example.com/clean-up]
      data:
        pages: "12"
      """
    And 10 seconds pass
    And I run "kubectl delete namespace shop --wait=false"
    And 1 minute passes

  @hint
  Scenario: The namespace says what it waits for
    When I run "kubectl get namespace shop -o yaml"
    Then the output contains "shop.example.com/clean-up"

  @hint
  Scenario: What is left in it
    When I run "kubectl get configmaps -n shop"
    Then the output contains "ledger"

  @solution
  Scenario: Take the finalizer away
    When I run "kubectl patch configmap ledger -n shop --type=merge -p '{\"metadata\":{\"finalizers\":null}}'"
    Then within 5 minutes there is no namespace "shop"
