@S18
Feature: S18. Nodes rebooted one after the other, without a budget and with one
  Two replicas on three nodes, and every node has to be rebooted. Draining the first takes a pod; before its replacement
  is ready the next node may be drained, and then nobody serves. A PodDisruptionBudget makes the second drain wait.

  Background:
    Given a cluster with 3 nodes
    And image "nginx:1.16" behaves as:
      """
      startup: 30s
      listens: [80]
      files: {/usr/share/nginx/html/index.html: hello}
      http: {/: /usr/share/nginx/html/index.html}
      """
    And I run "kubectl apply -f ../manifests/two-replicas.yaml"
    And every pod is ready

  @expect-failure @every-seed:5
  Scenario: Told once without: there is a moment with no pod available
    When each node is drained, rebooted and uncordoned in turn
    Then at every moment at least 1 pod matching "component=nginx" was available

  @every-seed:5
  Scenario: Told again with a budget: one always is
    Given I run "kubectl apply -f ../manifests/frontend-pdb.yaml"
    When each node is drained, rebooted and uncordoned in turn
    Then at every moment at least 1 pod matching "component=nginx" was available
    And sometimes exactly 1 pod matching "component=nginx" was available
    And within 5 minutes deployment "nginx-deployment" has 2 of 2 replicas available

  Scenario: What the budget says of itself
    The document's cluster had one pod available, and so nothing to spare; here are two.
    Given I run "kubectl apply -f ../manifests/frontend-pdb.yaml"
    When 66 seconds pass
    And I run "kubectl get poddisruptionbudget"
    Then the output is:
      """
      NAME        MIN AVAILABLE   MAX UNAVAILABLE   ALLOWED DISRUPTIONS   AGE
      nginx-pdb   1               N/A               1                     66s
      """
    When I run "kubectl scale deployment nginx-deployment --replicas=1"
    And 1 minute passes
    And I run "kubectl get poddisruptionbudget"
    Then the output is:
      """
      NAME        MIN AVAILABLE   MAX UNAVAILABLE   ALLOWED DISRUPTIONS   AGE
      nginx-pdb   1               N/A               0                     2m6s
      """

  Scenario: The document's apiVersion is of old
    When I run "kubectl apply -f ../manifests/frontend-pdb-v1beta1.yaml"
    Then the command fails with:
      """
      no matches for kind "PodDisruptionBudget" in version "policy/v1beta1"
      """

  Scenario: A failure asks no budget
    Given I run "kubectl apply -f ../manifests/frontend-pdb.yaml"
    And within 5 seconds pod disruption budget "nginx-pdb" allows 1 disruption
    When every node loses power
    Then within 1 minute at most 0 pods matching "component=nginx" are serving

  Scenario: Nor does whoever deletes the Deployment
    Given I run "kubectl apply -f ../manifests/frontend-pdb.yaml"
    And within 5 seconds pod disruption budget "nginx-pdb" allows 1 disruption
    When I run "kubectl delete deployment nginx-deployment"
    Then within 1 minute at most 0 pods matching "component=nginx" are running
    And every pod is ready

  Scenario: Readiness decides: a pod that is not ready leaves nothing to spare
    Given I run "kubectl apply -f ../manifests/frontend-pdb.yaml"
    And 5 seconds pass
    When "rm /usr/share/nginx/html/index.html" is executed in a pod matching "component=nginx"
    Then for 9 seconds pod disruption budget "nginx-pdb" allows 1 disruption
    And within 20 seconds pod disruption budget "nginx-pdb" allows 0 disruptions
