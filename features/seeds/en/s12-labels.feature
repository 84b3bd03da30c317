@S12
Feature: S12. Labels say what belongs together
  A ReplicaSet has no list of its pods, nor a Service one of its own: each asks for labels, at every moment anew.

  Background:
    Given a cluster with 2 nodes
    And I run "kubectl apply -f ../manifests/my-first-pod.yaml -f ../manifests/nginx-replicaset-3.yaml -f ../manifests/nginx-service.yaml"
    And every pod is ready

  Scenario: Given at creation, and later
    When I run "kubectl run shelf --image=nginx:1.27 --labels=app=shelf,tier=back"
    And I run "kubectl get pods -l app=shelf,tier=back -o name"
    Then the output is:
      """
      pod/shelf
      """
    When I run "kubectl label pod shelf owner=store"
    Then the output is:
      """
      pod/shelf labeled
      """
    When I run "kubectl get pod shelf --show-labels"
    Then the output contains "app=shelf,owner=store,tier=back"
    When I run "kubectl label pod shelf tier=front"
    Then the command fails with "already has a value (back), and --overwrite is false"
    When I run "kubectl label pod shelf tier=front --overwrite"
    And I run "kubectl label pod shelf owner-"
    Then the output is:
      """
      pod/shelf unlabeled
      """
    When I run "kubectl get pods -L tier -l app=shelf"
    Then the output contains "TIER"
    And the output contains "front"
    And every pod is ready

  Scenario Outline: Asked for by equality and by sets: <selector>
    Given I run:
      """
      kubectl run a --image=nginx:1.27 --labels=app=web,tier=front
      kubectl run b --image=nginx:1.27 --labels=app=web,tier=back
      kubectl run c --image=nginx:1.27 --labels=app=db,tier=back
      """
    When I run "kubectl get pods -o name -l '<selector>'"
    Then the output is:
      """
      <pods>
      """

    Examples:
      | selector                    | pods         |
      | app=web,tier=back           | pod/b        |
      | app,tier!=back              | pod/a        |
      | app in (web, db),tier=front | pod/a        |
      | app notin (web),tier        | pod/c        |
      | !component,tier=back        | pod/b\npod/c |

  Scenario: A relabelled pod leaves its ReplicaSet and its Service, and lives on
    Then service "my-first-service" routes to 3 pods
    And field ".metadata.ownerReferences[0].name" of pod "my-first-pod" is "nginx-replicaset"
    When I run "kubectl label pod my-first-pod component=quarantine --overwrite"
    Then within 20 seconds replica set "nginx-replicaset" has 3 of 3 replicas ready
    And pod "my-first-pod" is ready
    And within 5 seconds service "my-first-service" routes to 3 pods
    When I run "kubectl get pod my-first-pod -o jsonpath={.metadata.ownerReferences}"
    Then the output is:
      """
      """
