@S6
Feature: S6. A Deployment changes version, and back
  One ReplicaSet for each version of the pod template. A rollout scales the new one up and the old one down, and keeps
  the old one at 0, so that there is a version to go back to.

  Background:
    Given a cluster with 3 nodes
    And I run "kubectl apply -f ../manifests/nginx-deployment-1.15.yaml"
    And every pod is ready

  Scenario: A new image is one command, and no pod is missed
    When I run "kubectl set image deployment/nginx-deployment nginx=nginx:1.16"
    Then the rollout of deployment "nginx-deployment" is progressing
    And within 2 minutes the rollout of deployment "nginx-deployment" is complete
    And at every moment at least 3 pods matching "component=nginx" were available
    And every pod is ready

  Scenario: A rolling update, watched by its images
    When I run "kubectl apply -f ../manifests/nginx-deployment-1.16.yaml"
    Then the output is:
      """
      deployment.apps/nginx-deployment configured
      """
    And within 2 minutes the rollout of deployment "nginx-deployment" is complete
    And at every moment at least 3 pods matching "component=nginx" were available
    When I run "kubectl get pod -o 'custom-columns=NAME:.metadata.name,IMAGE:.spec.containers[*].image,PHASE:.status.phase' --watch"
    Then the output contains "nginx:1.15"
    And the output contains "nginx:1.16"
    And the output contains "Pending"
    When the cluster has settled
    And I run "kubectl get pod -o 'custom-columns=IMAGE:.spec.containers[*].image,PHASE:.status.phase'"
    Then the output is:
      """
      IMAGE        PHASE
      nginx:1.16   Running
      nginx:1.16   Running
      nginx:1.16   Running
      """

  Scenario: The old ReplicaSet stays, with 0 replicas; undo goes back to it
    Given I run "kubectl apply -f ../manifests/nginx-deployment-1.16.yaml"
    And the cluster has settled
    When I run "kubectl get replicaset -o custom-columns=IMAGE:.spec.template.spec.containers[*].image,DESIRED:.spec.replicas --sort-by=.spec.replicas"
    Then the output is:
      """
      IMAGE        DESIRED
      nginx:1.15   0
      nginx:1.16   3
      """
    When I run "kubectl rollout history deployment/nginx-deployment"
    Then the output is:
      """
      deployment.apps/nginx-deployment
      REVISION  CHANGE-CAUSE
      1         <none>
      2         <none>
      """
    When I run "kubectl rollout history deployment/nginx-deployment --revision=1"
    Then the output contains "deployment.apps/nginx-deployment with revision #1"
    And the output contains "nginx:1.15"
    When I run "kubectl rollout undo deployment/nginx-deployment"
    Then the output is:
      """
      deployment.apps/nginx-deployment rolled back
      """
    And within 2 minutes the rollout of deployment "nginx-deployment" is complete
    And field ".spec.template.spec.containers[0].image" of deployment "nginx-deployment" is "nginx:1.15"
    When I run "kubectl rollout history deployment/nginx-deployment"
    Then the output is:
      """
      deployment.apps/nginx-deployment
      REVISION  CHANGE-CAUSE
      2         <none>
      3         <none>
      """
    And every pod is ready

  Scenario: Recreate ends the old before it begins the new
    Given I run:
      """
      kubectl patch deployment nginx-deployment -p '{"spec":{"strategy":{"type":"Recreate","rollingUpdate":null}}}'
      """
    When I run "kubectl set image deployment/nginx-deployment nginx=nginx:1.16"
    Then within 2 minutes the rollout of deployment "nginx-deployment" is complete
    And sometimes at most 0 pods matching "component=nginx" were running
    And at every moment at most 3 pods matching "component=nginx" were running

  Scenario: Scaled to nothing, it keeps its versions
    When I run "kubectl scale deployment nginx-deployment --replicas=0"
    Then within 40 seconds at most 0 pods matching "component=nginx" are running
    When I run "kubectl get deployment"
    Then the output is:
      """
      NAME               READY   UP-TO-DATE   AVAILABLE   AGE
      nginx-deployment   0/0     0            0           9s
      """
    When I run "kubectl scale deployment nginx-deployment --replicas=3"
    Then within 30 seconds deployment "nginx-deployment" has 3 of 3 replicas available
