Feature: Acting as somebody else
  Who may impersonate a user is asked for each thing that he claims to be: the user, every group, every value of what
  else is said of him.

  Background:
    Given a cluster with 1 node
    And I run "kubectl apply -f impersonator.yaml"

  Scenario: an administrator is whoever he likes
    When I run "kubectl auth whoami --as jane --as-group devs --as-user-extra scopes=view --as-user-extra scopes=edit"
    Then the output contains:
      """
      Username        jane
      Groups          [devs system:authenticated]
      Extra: scopes   [view edit]
      """
    When I run "kubectl get pods --as-group devs"
    Then the command fails with "without impersonating a user"

  Scenario: others are what they may be, and have no rights but those
    When I run "kubectl get pods --token=$(kubectl create token robot) --as jane --as-group devs --as-user-extra scopes=view"
    Then the command fails with 'pods is forbidden: User "jane" cannot list resource "pods"'
    When I run "kubectl get pods --token=$(kubectl create token robot) --as jane --as-group ops"
    Then the command fails with 'groups "ops" is forbidden: User "system:serviceaccount:default:robot" cannot impersonate resource "groups"'
    When I run "kubectl get pods --token=$(kubectl create token robot) --as jane --as-user-extra scopes=edit"
    Then the command fails with 'cannot impersonate resource "userextras/scopes" in API group "authentication.k8s.io"'
