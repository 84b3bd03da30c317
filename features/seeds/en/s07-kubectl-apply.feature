@S7
Feature: S7. A manifest is applied, changed, looked at and deleted
  In the order of the document: created, seen with all that came of it, applied again with another image, described,
  and deleted by the file that made it.

  Background:
    Given a cluster with 3 nodes

  Scenario: created, unchanged, configured
    When I run "kubectl apply -f ../manifests/deployment-sample.yaml"
    Then the output is:
      """
      deployment.apps/nginx-deployment created
      """
    When I run "kubectl apply -f ../manifests/deployment-sample.yaml"
    Then the output is:
      """
      deployment.apps/nginx-deployment unchanged
      """
    When I run "kubectl apply -f ../manifests/deployment-sample-latest.yaml"
    Then the output is:
      """
      deployment.apps/nginx-deployment configured
      """
    And every pod is ready

  Scenario: One Deployment, one ReplicaSet, three Pods
    Given I run "kubectl apply -f ../manifests/deployment-sample.yaml"
    And every pod is ready
    When I run "kubectl get all"
    Then the output contains "pod/nginx-deployment-"
    And the output contains "service/kubernetes   ClusterIP"
    And the output contains "443/TCP"
    And the output contains "deployment.apps/nginx-deployment   3/3     3            3"
    And the output contains "replicaset.apps/nginx-deployment-"

  Scenario: Another image is another ReplicaSet, which says what it did
    Given I run "kubectl apply -f ../manifests/deployment-sample.yaml"
    And every pod is ready
    When I run "kubectl apply -f ../manifests/deployment-sample-latest.yaml"
    Then within 3 minutes the rollout of deployment "nginx-deployment" is complete
    When the cluster has settled
    And I run "kubectl get replicaset -o custom-columns=IMAGE:.spec.template.spec.containers[*].image,DESIRED:.spec.replicas --sort-by=.spec.replicas"
    Then the output is:
      """
      IMAGE          DESIRED
      nginx:1.12     0
      nginx:latest   3
      """
    # Today's kubectl tells Events of several objects only when it is asked to.
    When I run "kubectl describe replicaset --show-events"
    Then the output contains "deployment.kubernetes.io/desired-replicas: 3"
    And the output contains "deployment.kubernetes.io/max-replicas: 4"
    And the output contains "deployment.kubernetes.io/revision: 2"
    And the output contains "Controlled By:  Deployment/nginx-deployment"
    And the output contains "Replicas:       3 current / 3 desired"
    And the output contains "Pods Status:    3 Running / 0 Waiting / 0 Succeeded / 0 Failed"
    And the output contains "SuccessfulCreate"
    And the output contains "replicaset-controller  Created pod: nginx-deployment-"

  Scenario: Deleted by its file, with all that came of it
    Given I run "kubectl apply -f ../manifests/deployment-sample.yaml"
    And every pod is ready
    When I run "kubectl delete -f ../manifests/deployment-sample.yaml"
    Then the output contains:
      """
      deployment.apps "nginx-deployment" deleted
      """
    And within 1 minute at most 0 pods matching "app=nginx" are running
    When 1 minute passes
    And I run "kubectl get replicasets,pods -o name"
    Then the output is:
      """
      """
