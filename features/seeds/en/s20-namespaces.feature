@S20
Feature: S20. Clusters within the cluster
  A Namespace is a room for names: the same name may stand in two. Quotas and limits hold for one of them, and whoever
  deletes it deletes all that is in it.

  Background:
    Given a cluster with 2 nodes
    And I run:
      """
      kubectl create namespace production
      kubectl create namespace development
      kubectl apply -n production -f ../manifests/sample-deployment.yaml
      kubectl apply -n development -f ../manifests/sample-deployment.yaml
      """
    And every pod is ready

  Scenario: One name, twice
    When I run "kubectl get deployment -A -o custom-columns=NAMESPACE:.metadata.namespace,NAME:.metadata.name"
    Then the output is:
      """
      NAMESPACE     NAME
      development   sample-deployment
      production    sample-deployment
      """
    When I run "kubectl scale -n development deployment sample-deployment --replicas=2"
    Then within 20 seconds deployment "development/sample-deployment" has 2 of 2 replicas ready
    And deployment "production/sample-deployment" has 1 of 1 replicas ready

  Scenario: A quota and usual limits in one of them
    When I run "kubectl apply -n development -f ../manifests/team-limits.yaml"
    And I run "kubectl scale -n development deployment sample-deployment --replicas=5"
    And 1 minute passes
    Then deployment "development/sample-deployment" has 2 of 5 replicas ready
    When I run "kubectl get events -n development --field-selector reason=FailedCreate"
    Then the output contains "exceeded quota: small, requested: pods=1, used: pods=2, limited: pods=2"
    When I run "kubectl get pods -n development -o jsonpath={.items[*].spec.containers[0].resources.limits.memory}"
    Then the output contains "128Mi"
    When I run "kubectl scale -n production deployment sample-deployment --replicas=5"
    Then within 30 seconds deployment "production/sample-deployment" has 5 of 5 replicas ready

  Scenario: Deleted with all that it holds
    When I run "kubectl delete namespace development"
    Then within 1 minute deployment "production/sample-deployment" has 1 of 1 replicas ready
    When I run "kubectl get all -n development"
    Then the output contains "No resources found in development namespace."
