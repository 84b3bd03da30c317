Feature: kubectl that waits
  Time goes on while a command waits for the cluster, whether it runs beside the cluster or inside of one of its
  containers.

  Background:
    Given a cluster with 2 nodes
    And the manifest:
      """
      apiVersion: v1
      kind: ServiceAccount
      metadata: {name: deployer}
      ---
      apiVersion: rbac.authorization.k8s.io/v1
      kind: RoleBinding
      metadata: {name: deployer}
      roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: edit}
      subjects: [{kind: ServiceAccount, name: deployer}]
      ---
      apiVersion: v1
      kind: Pod
      metadata: {name: tools}
      spec:
        serviceAccountName: deployer
        containers: [{name: tools, image: "bitnami/kubectl:1.36", command: [sleep, infinity]}]
      """
    And every pod is ready

  Scenario: a script in a container follows its rollout to the end
    When I run "kubectl create deployment web --image=nginx --replicas=3"
    And I run "kubectl exec tools -- sh -c 'kubectl rollout status deployment/web && echo done'"
    Then the output contains:
      """
      deployment "web" successfully rolled out
      done
      """
    And deployment "web" has 3 of 3 replicas available
    When I run "kubectl exec tools -- kubectl wait --for=delete deployment/web --timeout=10s"
    Then the command fails with "timed out waiting for the condition on deployments/web"

  Scenario: what is replaced by force is gone before it is created again
    When I run "kubectl run web --image=nginx:1.27 --labels=app=web"
    And every pod is ready
    And I run "kubectl get pod web -o yaml | sed 's/nginx:1.27/nginx:1.28/' | kubectl replace --force -f -"
    Then the output contains:
      """
      pod "web" deleted from default namespace
      pod/web replaced
      """
    And within 1 minute pod "web" is ready
