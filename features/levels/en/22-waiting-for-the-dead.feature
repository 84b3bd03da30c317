@level @commands:1
Feature: Waiting for the dead
  node-1 is off and will not come back. The Pod of the StatefulSet is to be deleted, and nobody there can confirm it: there may never be two of one name, so it waits (kubernetes/kubernetes#54368). Tell the cluster what you know.

  Background:
    Given a cluster with 1 node
    And the manifest:
      """
      apiVersion: apps/v1
      kind: StatefulSet
      metadata:
        name: db
      spec:
        replicas: 1
        selector:
          matchLabels:
            app: db
        serviceName: db
        template:
          metadata:
            labels:
              app: db
          spec:
            containers:
              - name: nginx
                image: nginx:1.12
                ports:
                  - containerPort: 80
                readinessProbe:
                  httpGet:
                    path: /
                    port: 80
                  periodSeconds: 2
      """
    And every pod is ready
    And a new node joins
    And node "node-1" loses power
    And 10 minutes pass

  @hint
  Scenario: The Pod is Terminating, and stays so
    When I run "kubectl get pods"
    Then the output contains "Terminating"

  @hint
  Scenario: The taint node.kubernetes.io/out-of-service says that nothing runs there any more
    When I run "kubectl get nodes"
    Then the output contains "NotReady"

  @solution
  Scenario: Say that the node is out of service
    When I run "kubectl taint nodes node-1 node.kubernetes.io/out-of-service=nodeshutdown:NoExecute"
    Then within 5 minutes pod "db-0" is on node "node-2"
    And within 5 minutes pod "db-0" is ready
