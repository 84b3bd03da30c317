Feature: What an object's status says, and where pods lie
  A condition, a field, the state of a rollout, and how pods are spread can be asked of any object, now or at any moment.

  Background:
    Given a cluster with nodes:
      | name   | zone   |
      | east-1 | zone-a |
      | east-2 | zone-a |
      | west-1 | zone-b |
      | west-2 | zone-b |
    And the manifest:
      """
      apiVersion: apps/v1
      kind: Deployment
      metadata:
        name: web
      spec:
        replicas: 4
        progressDeadlineSeconds: 60
        selector:
          matchLabels:
            app: web
        template:
          metadata:
            labels:
              app: web
          spec:
            topologySpreadConstraints:
              - maxSkew: 1
                topologyKey: kubernetes.io/hostname
                whenUnsatisfiable: DoNotSchedule
                labelSelector:
                  matchLabels:
                    app: web
            containers:
              - name: web
                image: nginx:1.27
      """
    And every pod is ready

  Scenario: A rollout from its beginning to its end
    When the image of deployment "web" is changed to "nginx:1.28"
    Then the rollout of deployment "web" is progressing
    And within 1 minute the rollout of deployment "web" is complete
    And at no moment the rollout of deployment "web" was stuck
    And field ".spec.template.spec.containers[0].image" of deployment "web" is "nginx:1.28"
    And deployment "web" has condition "Progressing" "True" with reason "NewReplicaSetAvailable"
    And at every moment deployment "web" had condition "Available" "True"
    And at every moment at least 3 pods matching "app=web" were available
    And sometimes field ".status.replicas" of deployment "web" was "5"

  Scenario: A rollout that comes to nothing is stuck when its deadline is over
    Given image "nginx:nope" behaves as:
      """
      pull: missing
      """
    When the image of deployment "web" is changed to "nginx:nope"
    Then within 90 seconds the rollout of deployment "web" is stuck
    And deployment "web" has condition "Progressing" "False" with reason "ProgressDeadlineExceeded"
    When deployment "web" is rolled back
    Then within 1 minute the rollout of deployment "web" is complete

  Scenario: Pods lie on every node
    When 1 minute passes
    Then the pods of deployment "web" are on 4 nodes
    And at every moment at most 1 pod matching "app=web" per node
    And at every moment at most 2 pods matching "app=web" per zone
    When node "west-2" is cordoned
    And deployment "web" is scaled to 8
    And 1 minute passes
    Then exactly 7 pods matching "app=web" are running

  Scenario: What an object does not have is nothing
    When 1 second passes
    Then field "spec.paused" of deployment "web" is ""
    And node "east-1" has condition "Ready" "True"
    And node "east-1" has condition "MemoryPressure" "False" with reason "KubeletHasSufficientMemory"
