Feature: Questions of access
  What may somebody do: who asks creates a review, and is answered in its status.

  Background:
    Given a cluster with 1 node
    And the manifest:
      """
      apiVersion: rbac.authorization.k8s.io/v1
      kind: RoleBinding
      metadata:
        name: viewers
      roleRef:
        apiGroup: rbac.authorization.k8s.io
        kind: ClusterRole
        name: view
      subjects:
        - kind: User
          name: bob
      """

  Scenario: a user may what a binding allows him, and is told by which
    When I run "kubectl create -f bob-gets-pods.yaml -o yaml"
    Then the output contains "allowed: true"
    And the output contains 'RBAC: allowed by RoleBinding "viewers/default" of ClusterRole "view" to'
    When I run "kubectl create -f bob-gets-pods.yaml"
    Then the output contains "subjectaccessreview.authorization.k8s.io/<unknown> created"

  Scenario: nobody may ask of others without the right to
    When I run "kubectl create -f bob-gets-pods.yaml --as bob"
    Then the command fails with 'cannot create resource "subjectaccessreviews"'

  Scenario: reviews are answered and not kept
    When I run "kubectl get subjectaccessreviews"
    Then the command fails with "the server does not allow this method on the requested resource"

  Scenario: what is missing is added to a role, and nothing taken away unless it is asked for
    When I run "kubectl create role reader --verb=get --resource=pods"
    And I run "kubectl auth reconcile -f reader.yaml"
    Then the output contains "role.rbac.authorization.k8s.io/reader reconciled"
    When I run "kubectl get role reader -o jsonpath={.rules[*].verbs[*]}"
    Then the output is:
      """
      get list
      """
    When I run "kubectl auth reconcile -f reader.yaml --remove-extra-permissions"
    When I run "kubectl get role reader -o jsonpath={.rules[*].verbs[*]}"
    Then the output is:
      """
      list
      """
