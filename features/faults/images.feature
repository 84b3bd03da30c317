Feature: Images do not come
  A node that has an image needs no registry. One that has not waits, longer and longer.

  Scenario: No registry answers: who has the image is fine
    Given a cluster with 2 nodes
    And node "node-2" is cordoned
    And the manifest in "web.yaml"
    And every pod is ready
    And node "node-2" is uncordoned
    When no image can be pulled for 5 minutes
    And deployment "web" is scaled to 6
    And 3 minutes pass
    Then deployment "web" has 3 of 6 replicas available
    And an event "Failed" is recorded for a pod matching "app=web" saying "i/o timeout"
    And an event "BackOff" is recorded for a pod matching "app=web" saying "Back-off pulling image"
    # The last pause between two tries is waited for.
    And within 8 minutes deployment "web" has 6 of 6 replicas available

  Scenario: One image is out of reach
    Given a cluster with 1 node
    And the manifest in "web.yaml"
    And every pod is ready
    When image "nginx:1.28" cannot be pulled for 5 minutes
    And the image of deployment "web" is changed to "nginx:1.28"
    And 3 minutes pass
    Then deployment "web" has 3 of 3 replicas available
    And deployment "web" has 1 of 3 replicas updated
    And within 8 minutes deployment "web" has 3 of 3 replicas updated
    And every pod is ready

  Scenario: One node reaches no registry, and the scheduler knows nothing of it
    Given a cluster with 2 nodes
    When node "node-1" cannot pull images for 10 minutes
    Given the manifest in "web.yaml"
    When 5 minutes pass
    Then at least 1 pod matching "app=web" is pending
    And at least 1 pod matching "app=web" is ready
    And eventually deployment "web" has 3 of 3 replicas available

  Scenario: An image that does not exist is rolled out, and taken back
    Given a cluster with 1 node
    And the manifest in "web.yaml"
    And every pod is ready
    When an image that does not exist is rolled out to deployment "web" for 20 minutes
    And 5 minutes pass
    Then an event "Failed" is recorded for a pod matching "app=web" saying "not found"
    And deployment "web" has 1 of 3 replicas updated
    And at every moment at least 3 pods matching "app=web" were available
    # progressDeadlineSeconds: the Deployment says so, and does nothing.
    When 10 minutes pass
    And I run "kubectl rollout status deployment web --timeout=1s"
    Then the command fails with "exceeded its progress deadline"
    And within 6 minutes deployment "web" has 3 of 3 replicas updated
    And at every moment at least 3 pods matching "app=web" were available
    And every pod is ready
