@level @commands:2
Feature: The set that does not heal
  A StatefulSet was given an image that does not exist. The template is easily mended, and yet nothing happens: a set that goes one by one waits for the broken Pod to become ready (kubernetes/kubernetes#67250).

  Background:
    Given a cluster with 2 nodes
    And the manifest:
      """
      apiVersion: apps/v1
      kind: StatefulSet
      metadata:
        name: db
      spec:
        serviceName: db
        replicas: 2
        selector:
          matchLabels: {app: db}
        template:
          metadata:
            labels: {app: db}
          spec:
            containers:
              - name: nginx
                image: nginx:1.12
      """
    And every pod is ready
    And an image that does not exist is rolled out to stateful set "db"
    And 2 minutes pass

  @hint
  Scenario: The last Pod has the broken image, and will keep it
    When I run "kubectl set image statefulset db nginx=nginx:1.12"
    And 5 minutes pass
    And I run "kubectl get pods"
    Then the output contains "Pull"
    And field ".spec.template.spec.containers[0].image" of stateful set "db" is "nginx:1.12"

  @hint
  Scenario: A deleted Pod comes back from the template as it is then
    When I run "kubectl get statefulset db"
    Then the output contains "1/2"

  @solution
  Scenario: Mend the template, then delete the Pod
    When I run "kubectl set image statefulset db nginx=nginx:1.12"
    And I run "kubectl delete pod db-1"
    Then within 5 minutes stateful set "db" has 2 of 2 replicas ready
    And field ".spec.template.spec.containers[0].image" of stateful set "db" is "nginx:1.12"
