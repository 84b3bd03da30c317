Feature: A Deployment rolls out, and rolls back
  A Deployment owns one ReplicaSet for each version of its pod template. A rollout is nothing but scaling
  the new one up and the old one down, within maxSurge and maxUnavailable; the old one is kept, at 0, to go back to.

  Background:
    Given a cluster with 3 nodes
    And the manifest in "nginx-deployment.yaml"
    And every pod is ready

  Scenario: A new image is rolled out without losing a replica
    When the image of deployment "nginx-deployment" is changed to "nginx:1.16"
    Then within 2 minutes deployment "nginx-deployment" has 3 of 3 replicas updated
    And within 2 minutes deployment "nginx-deployment" has 3 of 3 replicas available
    And at every moment at least 3 pods matching "component=nginx" were available
    And an event "ScalingReplicaSet" is recorded for deployment "nginx-deployment" saying "Scaled down"
    And every pod is ready

  Scenario: The old ReplicaSet is kept at 0
    When the image of deployment "nginx-deployment" is changed to "nginx:1.16"
    And the cluster has settled
    And I run "kubectl get replicaset -o custom-columns=IMAGE:.spec.template.spec.containers[*].image,DESIRED:.spec.replicas --sort-by=.spec.replicas"
    Then the output is:
      """
      IMAGE        DESIRED
      nginx:1.15   0
      nginx:1.16   3
      """
    And at every moment at least 3 pods matching "component=nginx" were available

  Scenario: Rolling back
    Given the image of deployment "nginx-deployment" is changed to "nginx:1.16"
    And the cluster has settled
    When deployment "nginx-deployment" is rolled back
    Then within 2 minutes deployment "nginx-deployment" has 3 of 3 replicas updated
    When the cluster has settled
    And I run "kubectl get pods -o custom-columns=IMAGE:.spec.containers[*].image,PHASE:.status.phase"
    Then the output is:
      """
      IMAGE        PHASE
      nginx:1.15   Running
      nginx:1.15   Running
      nginx:1.15   Running
      """
    And at every moment at least 3 pods matching "component=nginx" were available
    When I run "kubectl rollout history deployment/nginx-deployment"
    Then the output is:
      """
      deployment.apps/nginx-deployment
      REVISION  CHANGE-CAUSE
      2         <none>
      3         <none>
      """

  Scenario: An image that does not exist stops the rollout, not the service
    Given image "nginx:1.99" behaves as:
      """
      pull: missing
      """
    When the image of deployment "nginx-deployment" is changed to "nginx:1.99"
    Then within 2 minutes an event "Failed" is recorded for a pod matching "component=nginx"
    And for 10 minutes at least 3 pods matching "component=nginx" are available
    When I run "kubectl rollout status deployment/nginx-deployment --timeout=5m"
    Then the command fails with "exceeded its progress deadline"
    When I run "kubectl rollout undo deployment/nginx-deployment"
    Then within 1 minute deployment "nginx-deployment" has 3 of 3 replicas updated
    And every pod is ready
