Feature: Pods are ended, gently, by force, or if a budget allows
  A delete gives a Pod its grace period. A forced one only takes its name out of the API. An eviction asks the budgets first.

  Scenario: A deleted Pod is replaced while it ends
    Given a cluster with 3 nodes
    And the manifest in "web.yaml"
    And every pod is ready
    When a pod matching "app=web" is deleted
    Then exactly 1 pod matching "app=web" is terminating
    And within 10 seconds deployment "web" has 3 of 3 replicas available
    And within 10 seconds no pods matching "app=web" are terminating

  Scenario: A program that does not heed SIGTERM has its grace period, and is killed
    Given a cluster with 3 nodes
    And the manifest in "web.yaml"
    And every pod is ready
    When a container of every pod matching "app=web" ignores SIGTERM for 1 minute
    And every pod matching "app=web" is deleted
    Then for 29 seconds exactly 3 pods matching "app=web" are terminating
    And within 5 seconds no pods matching "app=web" are terminating

  Scenario: Forced deletion lets the same Pod run twice
    Given a cluster with 1 node
    And the manifest in "database.yaml"
    And every pod is ready
    And a new node joins
    When node "node-1" is partitioned from the control plane for 10 minutes
    And 2 minutes pass
    And pod "db-0" is deleted by force
    Then pod "db-0" is gone
    And within 1 minute pod "db-0" is on node "node-2"
    And within 1 minute pod "db-0" is ready
    # Nobody could tell node-1: the first db-0 answers at its old address.
    And for 5 minutes a request to "http://10.244.1.2:5432/" answers 200
    When 3 minutes pass
    Then a request to "http://10.244.1.2:5432/" times out

  Rule: Evictions ask the budgets

    Background:
      Given a cluster with 3 nodes
      And the manifests in "web.yaml"
      And the manifest in "budget.yaml"
      And every pod is ready
      And the cluster has settled

    Scenario: The budget allows it
      When a pod matching "app=web" is evicted
      Then pod disruption budget "web" allows 0 disruptions
      And within 30 seconds deployment "web" has 3 of 3 replicas available
      And at every moment pod disruption budget "web" was honoured

    Scenario: The budget refuses, and the Pods stay
      When every pod matching "app=web" is evicted
      Then exactly 1 pod matching "app=web" is terminating
      And for 5 minutes at least 2 pods matching "app=web" are available
      And at most 1 pod matching "app=web" is terminating

    Scenario: What is refused is asked for again, until all have gone
      Given I run "kubectl label pods --all age=old"
      When every pod matching "age=old" is evicted within 5 minutes
      And 1 minute passes
      Then no pods matching "age=old" are running
      And deployment "web" has 3 of 3 replicas available
      And at every moment at least 2 pods matching "app=web" were available
