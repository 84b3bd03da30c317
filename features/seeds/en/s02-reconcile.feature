@S2
Feature: S2. What is declared, and what is so
  A manifest says how things are to be. A controller compares that with how they are, and does the difference,
  again and again. Whoever changes the cluster by hand meets it: the deviation is undone.

  Background:
    Given a cluster with 2 nodes
    And I run "kubectl apply -f ../manifests/sample-deployment.yaml"
    And every pod is ready

  Scenario: The manifest says one replica, and one there is
    When 15 seconds pass
    And I run "kubectl get deployment"
    Then the output is:
      """
      NAME                READY   UP-TO-DATE   AVAILABLE   AGE
      sample-deployment   1/1     1            1           7s
      """

  Scenario: A pod deleted by hand comes back under another name
    When I run "kubectl delete pod -l app=web"
    Then the output contains "deleted"
    And within 20 seconds exactly 1 pod matching "app=web" is ready
    When I run "kubectl get events --field-selector reason=SuccessfulCreate"
    Then the output contains "Created pod: sample-deployment-"

  Scenario: Scaled by hand, and scaled back by the manifest
    Nothing undoes a change of what is declared itself: the cluster follows it. The manifest, applied again, says otherwise.
    When I run "kubectl scale deployment sample-deployment --replicas=3"
    Then within 20 seconds exactly 3 pods matching "app=web" are ready
    When I run "kubectl apply -f ../manifests/sample-deployment.yaml"
    Then the output is:
      """
      deployment.apps/sample-deployment configured
      """
    And within 40 seconds exactly 1 pod matching "app=web" is running
    And every pod is ready

  Scenario: While the controller manager is down, nobody follows
    The loop is a process like any other: without it, what deviates stays as it is.
    When the controller manager is down for 1 minute
    And I run "kubectl delete pod -l app=web"
    Then for 40 seconds at most 0 pods matching "app=web" are running
    And within 2 minutes exactly 1 pod matching "app=web" is ready
