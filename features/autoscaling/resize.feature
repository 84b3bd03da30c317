Feature: Pods are given other resources while they run
  What a running Pod asks for changes by its subresource resize alone. The kubelet gives what the node has left, at
  once or by a new start of the container, as its resizePolicy says; otherwise the Pod waits, and a condition says why.

  Background:
    Given a cluster with 1 node
    And the manifest:
      """
      apiVersion: v1
      kind: Pod
      metadata: {name: shop}
      spec:
        containers:
          - name: shop
            image: nginx
            resources: {requests: {cpu: 500m, memory: 64Mi}, limits: {cpu: 1, memory: 128Mi}}
            resizePolicy:
              - {resourceName: memory, restartPolicy: RestartContainer}
      """
    And every pod is ready

  Scenario: More CPU, without a restart
    When I run:
      """
      kubectl patch pod shop --subresource resize -p '{"spec":{"containers":[{"name":"shop","resources":{"requests":{"cpu":"800m"}}}]}}'
      """
    And 5 seconds pass
    And I run "kubectl get pod shop -o jsonpath={.status.containerStatuses[0].allocatedResources.cpu}"
    Then the output contains "800m"
    And container "shop" of pod "shop" has restarted 0 times
    And an event "ResizeStarted" is recorded for pod "shop" saying '{"containers":[{"name":"shop","resources":{"limits":{"cpu":"1","memory":"128Mi"},"requests":{"cpu":"800m","memory":"64Mi"}}}],"generation":2}'
    And an event "ResizeCompleted" is recorded for pod "shop" saying "Pod resize completed: "

  Scenario: More memory, by a new start
    When I run:
      """
      kubectl patch pod shop --subresource resize -p '{"spec":{"containers":[{"name":"shop","resources":{"limits":{"memory":"256Mi"}}}]}}'
      """
    Then within 2 minutes container "shop" of pod "shop" has restarted 1 time
    And an event "Killing" is recorded for pod "shop" saying "resize requires restart"
    And within 10 seconds an event "ResizeCompleted" is recorded for pod "shop"

  Scenario: More than the node has
    When I run:
      """
      kubectl patch pod shop --subresource resize -p '{"spec":{"containers":[{"name":"shop","resources":{"requests":{"cpu":"4"},"limits":{"cpu":"4"}}}]}}'
      """
    Then within 10 seconds pod "shop" has condition "PodResizePending" "True" with reason "Infeasible"
    And an event "ResizeInfeasible" is recorded for pod "shop" saying "Node didn't have enough capacity: cpu, requested: 4000, capacity: 2000"
    And for 5 minutes pod "shop" is ready

  Scenario: It waits for room, and gets it
    Given the manifest:
      """
      apiVersion: v1
      kind: Pod
      metadata: {name: neighbour}
      spec: {terminationGracePeriodSeconds: 1, containers: [{name: main, image: nginx, resources: {requests: {cpu: 1}}}]}
      """
    And every pod is ready
    When I run:
      """
      kubectl patch pod shop --subresource resize -p '{"spec":{"containers":[{"name":"shop","resources":{"requests":{"cpu":"1500m"},"limits":{"cpu":"2"}}}]}}'
      """
    Then within 10 seconds pod "shop" has condition "PodResizePending" "True" with reason "Deferred"
    And an event "ResizeDeferred" is recorded for pod "shop" saying "Pod resize Deferred: "
    When pod "neighbour" is deleted
    And 10 seconds pass
    And I run "kubectl get pod shop -o jsonpath={.status.containerStatuses[0].allocatedResources.cpu}"
    Then the output contains "1500m"

  Scenario: A change of the quality of service is refused
    When I run:
      """
      kubectl patch pod shop --subresource resize -p '{"spec":{"containers":[{"name":"shop","resources":{"requests":{"cpu":"1","memory":"128Mi"}}}]}}'
      """
    Then the command fails with "Pod QOS Class may not change as a result of resizing"
    When I run:
      """
      kubectl patch pod shop -p '{"spec":{"containers":[{"name":"shop","resources":{"requests":{"cpu":"800m"}}}]}}'
      """
    Then the command fails with "pod updates may not change fields other than"
