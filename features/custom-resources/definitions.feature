Feature: A CustomResourceDefinition brings a kind
  From the moment it is established, the API serves its kind as any other: with defaults, rules and columns.

  Background:
    Given a cluster with 1 node

  Scenario: manifests of a scene may hold a definition and its objects, in whatever order
    Given the manifest:
      """
      apiVersion: example.com/v1
      kind: Widget
      metadata: {name: w, namespace: shop}
      spec: {size: 3}
      ---
      apiVersion: v1
      kind: Namespace
      metadata: {name: shop}
      ---
      apiVersion: apiextensions.k8s.io/v1
      kind: CustomResourceDefinition
      metadata: {name: widgets.example.com}
      spec:
        group: example.com
        scope: Namespaced
        names: {plural: widgets, kind: Widget}
        versions:
          - name: v1
            served: true
            storage: true
            schema: {openAPIV3Schema: {type: object, x-kubernetes-preserve-unknown-fields: true}}
      """
    Then field ".spec.size" of Widget "shop/w" is "3"
    And CustomResourceDefinition "widgets.example.com" has condition "Established" "True" with reason "InitialNamesAccepted"

  Scenario: kubectl takes documents as they come, and wants the definition first
    When I run "kubectl apply -f crontab.yaml"
    Then the command fails with "ensure CRDs are installed first"
    When I run:
      """
      kubectl apply -f definition.yaml
      kubectl apply -f crontab.yaml
      kubectl get ct
      """
    Then the output contains:
      """
      NAME      SCHEDULE    REPLICAS
      nightly   0 3 * * *   1
      """
    When I run "kubectl api-resources --api-group=stable.example.com"
    Then the output contains "crontabs   ct           stable.example.com/v1   true         CronTab"

  Scenario: what the schema does not allow is refused in its words
    Given the manifests in "definition.yaml"
    And the manifest in "crontab.yaml"
    When I run "kubectl scale ct nightly --replicas=4"
    Then field ".spec.replicas" of CronTab "nightly" is "4"
    When I run "kubectl scale ct nightly --replicas=6"
    Then the command fails with "spec: Invalid value: more than 5 replicas"
    When I run:
      """
      kubectl patch ct nightly --type=merge -p '{"spec":{"schedule":"daily"}}'
      """
    Then the command fails with "spec.schedule in body should match"

  Scenario: a definition takes its objects along
    Given the manifests in "definition.yaml"
    And the manifest in "crontab.yaml"
    When I run "kubectl delete crd crontabs.stable.example.com"
    Then there is no CustomResourceDefinition "crontabs.stable.example.com"
    And there is no CronTab "nightly"
    When I run "kubectl get ct"
    Then the command fails with "the server doesn't have a resource type"
