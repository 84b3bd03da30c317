@S23
Feature: S23. Pods that are not alike: StatefulSet
  Each has an ordinal, by it a name that stays, and a claim of its own. They come in order, and go in the reverse.

  Background:
    Given a cluster with 3 nodes
    And I run "kubectl apply -f ../manifests/sample-statefulset.yaml -f ../manifests/bastion.yaml"

  Scenario: One after the other
    Then within 1 minute pod "db-0" is ready
    And there is no pod "db-2"
    And within 1 minute pod "db-1" is ready
    And within 1 minute pod "db-2" is ready
    When I run "kubectl get pods -l app=db --sort-by=.metadata.creationTimestamp -o name"
    Then the output is:
      """
      pod/db-0
      pod/db-1
      pod/db-2
      """
    When I run "kubectl scale statefulset db --replicas=1"
    Then within 2 minutes pod "db-2" is gone
    And within 2 minutes pod "db-1" is gone
    And pod "db-0" is ready

  Scenario: Each by its own name
    Given every pod is ready
    And 2 seconds pass
    Then a request to "http://db-0.db/" from pod "bastion" answers 200
    And a request to "http://db-2.db.default.svc.cluster.local/" from pod "bastion" answers 200
    And a request to "http://db-3.db/" from pod "bastion" is not resolved

  Scenario: Its claim waits for whoever comes by that name
    Given every pod is ready
    When "echo one > /data/mark" is executed in pod "db-1"
    And pod "db-1" is deleted
    Then within 1 minute pod "db-1" is pending
    And within 2 minutes pod "db-1" is ready
    And file "/data/mark" in pod "db-1" contains "one"
    And file "/data/mark" in pod "db-0" is missing
    When I run "kubectl get pvc -o name"
    Then the output is:
      """
      persistentvolumeclaim/data-db-0
      persistentvolumeclaim/data-db-1
      persistentvolumeclaim/data-db-2
      """

  Scenario: A rollout from the last to the first, as far as the partition
    Given every pod is ready
    When I run:
      """
      kubectl patch statefulset db -p '{"spec":{"updateStrategy":{"rollingUpdate":{"partition":2}}}}'
      kubectl set image statefulset/db nginx=nginx:1.16
      """
    And 3 minutes pass
    And I run "kubectl get pods -l app=db -o custom-columns=NAME:.metadata.name,IMAGE:.spec.containers[0].image"
    Then the output is:
      """
      NAME   IMAGE
      db-0   nginx:1.15
      db-1   nginx:1.15
      db-2   nginx:1.16
      """
    When I run:
      """
      kubectl patch statefulset db -p '{"spec":{"updateStrategy":{"rollingUpdate":{"partition":0}}}}'
      """
    Then within 5 minutes field ".spec.containers[0].image" of pod "db-0" is "nginx:1.16"
    And within 1 minute the rollout of stateful set "db" is complete
    And at every moment at least 2 pods matching "app=db" were available
