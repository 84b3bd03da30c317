Feature: kubectl in a Pod
  Many a cluster tidies itself up: a CronJob runs kubectl. It has the rights of its Pod's service account, and no others.

  Background:
    Given a cluster with 2 nodes
    And the manifests in "kubectl-in-a-pod.yaml"

  Scenario: a Deployment is restarted every night
    When 24 hours pass
    And I run "kubectl logs -l app=nightly"
    Then the output contains "deployment.apps/web restarted"
    And the output contains "deployment \"web\" successfully rolled out"
    When I run "kubectl rollout history deployment web"
    Then the output contains:
      """
      2         <none>
      """
    And deployment "web" has 2 of 2 replicas available

  Scenario: what the account may not is refused in Kubernetes' words, and the Job fails
    Then within 1 minute job "nosy" is failed
    When I run "kubectl logs -l app=nosy"
    Then the output contains:
      """
      Error from server (Forbidden): secrets is forbidden: User "system:serviceaccount:default:restarter" cannot list resource "secrets" in API group "" in the namespace "default"
      """
