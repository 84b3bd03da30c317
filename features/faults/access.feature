Feature: Accounts and rights that go
  Components act by rights that are bound to them, as everybody does.

  Scenario: without its binding the scheduler places nothing
    Given a cluster with 1 node
    When binding "system:kube-scheduler" is missing for 1 minute
    And I run "kubectl run web --image=nginx"
    And 30 seconds pass
    Then pod "web" is pending
    And within 5 minutes pod "web" is ready

  Scenario: without its binding a controller makes nothing
    Given a cluster with 1 node
    When binding "system:controller:replicaset-controller" is missing for 1 minute
    And I run "kubectl create deployment web --image=nginx"
    And 30 seconds pass
    Then exactly 0 pods matching "app=web" are running
    And within 5 minutes at least 1 pod matching "app=web" is ready

  Scenario: a token counts no more when its account was made anew
    Given a cluster with 1 node
    And I run "kubectl create serviceaccount robot"
    And I run "kubectl apply -f token.yaml"
    And 5 seconds pass
    When I run "kubectl get secrets"
    Then the output contains "kubernetes.io/service-account-token"
    When service account "robot" is missing for 10 seconds
    And 20 seconds pass
    And I run "kubectl get secrets"
    Then the output contains "No resources found in default namespace."
