Feature: The operator's hand is a fault source too
  What is changed for a time is put back, unless somebody has changed it meanwhile.

  Background:
    Given a cluster with 3 nodes
    And the manifest in "web.yaml"
    And the manifest in "budget.yaml"
    And every pod is ready

  Scenario: Scaled down by mistake, and back
    When deployment "web" is scaled to 1 for 1 minute
    And 30 seconds pass
    Then deployment "web" has 1 of 1 replicas available
    And within 1 minute deployment "web" has 3 of 3 replicas available

  Scenario: A scale that somebody else has changed is left alone
    When deployment "web" is scaled to 1 for 1 minute
    And 10 seconds pass
    Then exactly 1 pod matching "app=web" is running
    When deployment "web" is scaled to 4
    And 2 minutes pass
    Then deployment "web" has 4 of 4 replicas available

  Scenario: An image is rolled out, and taken back
    When image "nginx:1.28" is rolled out to deployment "web" for 2 minutes
    And 1 minute passes
    Then deployment "web" has 3 of 3 replicas updated
    When I run "kubectl get deployment web -o wide"
    Then the output contains "nginx:1.28"
    When 2 minutes pass
    And I run "kubectl get deployment web -o wide"
    Then the output contains "nginx:1.27"
    And at every moment at least 3 pods matching "app=web" were available

  Scenario: A changed configuration replaces every Pod, twice
    When the configuration of deployment "web" is changed for 2 minutes
    Then within 1 minute deployment "web" has 3 of 3 replicas updated
    When 3 minutes pass
    Then deployment "web" has 3 of 3 replicas available
    And field ".metadata.annotations.deployment\.kubernetes\.io/revision" of deployment "web" is "3"
    And at every moment service "web" was available

  Scenario: A rollback is a rollout
    Given the image of deployment "web" is changed to "nginx:1.28"
    And 1 minute passes
    When deployment "web" goes back to its last revision
    And 1 minute passes
    And I run "kubectl get deployment web -o wide"
    Then the output contains "nginx:1.27"

  Scenario: A Pod taken out by its label is replaced, and one too many when it comes back
    When a pod matching "app=web" is taken out by label for 1 minute
    Then within 30 seconds exactly 3 pods matching "app=web" are ready
    And exactly 1 pod matching "app=quarantined" is running
    When 2 minutes pass
    Then exactly 3 pods matching "app=web" are running
    And no pods matching "app=quarantined" are running

  Scenario: A label that a Pod is placed by
    Given the manifest:
      """
      apiVersion: v1
      kind: Pod
      metadata: {name: picky, labels: {app: picky}}
      spec:
        nodeSelector: {disk: ssd}
        containers: [{name: main, image: "nginx:1.27"}]
      """
    When label "disk" of node "node-2" becomes "ssd" for 1 minute
    Then within 20 seconds pod "picky" is on node "node-2"
    When 2 minutes pass
    Then pod "picky" is running

  Scenario: A node joins for a while
    When a new node joins for 5 minutes
    Then within 2 minutes node "node-4" is ready
    When 5 minutes pass
    And I run "kubectl get node node-4"
    Then the command fails with "not found"

  Scenario: A machine is taken away with its Pods
    When node "node-1" is removed for 5 minutes
    And 4 minutes pass
    Then there is no node "node-1"
    And deployment "web" has 3 of 3 replicas available
    And within 3 minutes node "node-1" is ready

  Scenario: A lowered quota refuses replacements
    Given the manifest:
      """
      apiVersion: v1
      kind: ResourceQuota
      metadata: {name: pods}
      spec: {hard: {pods: "10"}}
      """
    And 5 seconds pass
    When "pods" of resource quota "pods" is lowered to "2" for 2 minutes
    And 1 second passes
    And a pod matching "app=web" is deleted
    And 1 minute passes
    Then exactly 2 pods matching "app=web" are running
    And within 20 minutes deployment "web" has 3 of 3 replicas available
    And field ".spec.hard.pods" of resource quota "pods" is "10"

  Scenario: A budget that wants all of them refuses a drain
    When pod disruption budget "web" is changed to "100%" for 1 minute
    And 1 second passes
    Then pod disruption budget "web" allows 0 disruptions
    When I run "kubectl drain node-1 --timeout=10s"
    Then the command fails with "Cannot evict pod as it would violate the pod's disruption budget"
    And exactly 3 pods matching "app=web" are ready
    When 1 minute passes
    Then pod disruption budget "web" allows 1 disruption
