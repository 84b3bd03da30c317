Feature: Nobody hands out more than he has
  Who may write roles and bindings gives only rights that he has himself, unless he may escalate or bind.

  Background:
    Given a cluster with 1 node
    And the manifest in "rolemaker.yaml"

  Scenario: roles hold what their author holds, or what he may escalate to
    When I run "kubectl create role reader --verb=get --resource=pods --as olga"
    Then there is a role "reader"
    When I run "kubectl create role cleaner --verb=delete --resource=pods --as olga"
    Then the command fails with '{APIGroups:[""], Resources:["pods"], Verbs:["delete"]}'
    Given I run "kubectl create role cleaner --verb=delete --resource=pods"
    When I run "kubectl label role cleaner team=web --as olga"
    Then the command fails with "is attempting to grant RBAC permissions not currently held"
    Given I run "kubectl create clusterrole escalator --verb=escalate --resource=roles"
    And I run "kubectl create clusterrolebinding escalator --clusterrole=escalator --user=olga"
    When I run "kubectl label role cleaner team=web --as olga"
    Then the output contains "role.rbac.authorization.k8s.io/cleaner labeled"

  Scenario: bindings bind what their author holds, or what he may bind
    When I run "kubectl create rolebinding viewers --clusterrole=view --user=jane --as olga"
    Then the command fails with "is attempting to grant RBAC permissions not currently held"
    When I run "kubectl create rolebinding viewers --clusterrole=viewer --user=jane --as olga"
    Then the command fails with 'error: failed to create rolebinding: clusterroles.rbac.authorization.k8s.io "viewer" not found'
    Given I run "kubectl create clusterrole binder --verb=bind --resource=clusterroles --resource-name=view"
    And I run "kubectl create clusterrolebinding binder --clusterrole=binder --user=olga"
    When I run "kubectl create rolebinding viewers --clusterrole=view --user=jane --as olga"
    Then the output contains "rolebinding.rbac.authorization.k8s.io/viewers created"

  Scenario: what gathers rules is for administrators, and what is gathered goes with its label
    When I run "kubectl create clusterrole gatherer --aggregation-rule=team=web --as olga"
    Then the command fails with "must have cluster-admin privileges to use the aggregationRule"
    Given I run "kubectl create clusterrole gatherer --aggregation-rule=team=web"
    And I run "kubectl create clusterrole part --verb=get --resource=secrets"
    And I run "kubectl label clusterrole part team=web"
    And I run "kubectl create clusterrolebinding gatherer --clusterrole=gatherer --user=jane"
    And 2 seconds pass
    When I run "kubectl auth can-i get secrets --as jane"
    Then the output contains "yes"
    Given I run "kubectl label clusterrole part team-"
    And 2 seconds pass
    When I run "kubectl auth can-i get secrets --as jane"
    Then the command fails with ""
