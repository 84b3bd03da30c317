Feature: The control plane fails, and what runs runs on
  Without it nothing is noticed, replaced or placed; with a slow or erring one everything takes longer. Pods serve all the while.

  Background:
    Given a cluster with 3 nodes
    And the manifest in "web.yaml"
    And every pod is ready

  Scenario: Nobody answers
    When the api server is down for 2 minutes
    And I run "kubectl get deployment web"
    Then the command fails with "was refused"
    When 1 minute passes
    Then exactly 3 pods matching "app=web" are serving
    When 2 minutes pass
    And I run "kubectl get deployment web"
    Then the output contains "3/3"

  Scenario: Slow answers delay replacements
    When the api server answers 3s late for 5 minutes
    And every pod matching "app=web" is deleted
    And 6 seconds pass
    Then deployment "web" has 0 of 3 replicas available
    And within 2 minutes deployment "web" has 3 of 3 replicas available

  Scenario: Slow answers delay a rollout, until they are quick again
    When the api server answers 3s late for 2 minutes
    And image "nginx:1.28" is rolled out to deployment "web"
    And I run "kubectl rollout status deployment web --timeout=30s"
    Then the command fails with "timed out"
    When 2 minutes pass
    And image "nginx:1.29" is rolled out to deployment "web"
    And I run "kubectl rollout status deployment web --timeout=30s"
    Then the output contains "Waiting for deployment \"web\" rollout to finish"
    And the output contains "successfully rolled out"
    And at every moment at least 3 pods matching "app=web" were available
    And every pod is ready

  Scenario Outline: Calls that fail with <status> are tried again
    When 100% of API calls fail with <status> for 20 seconds
    And every pod matching "app=web" is deleted
    And 6 seconds pass
    Then exactly 3 pods matching "app=web" are terminating
    And within 5 minutes deployment "web" has 3 of 3 replicas available
    And within 10 minutes all invariants hold
    When 30 seconds pass
    Then every pod is ready

    Examples:
      | status |
      | 429    |
      | 500    |
      | 409    |

  Scenario: Two of three are the quorum
    When etcd loses 2 members for 1 minute
    And I run "kubectl scale deployment web --replicas=4"
    Then the command fails with "etcd"
    When 1 minute passes
    And I run "kubectl scale deployment web --replicas=4"
    Then within 1 minute deployment "web" has 4 of 4 replicas available

  Scenario: Without a quorum reads are answered and writes are not
    When etcd loses quorum for 1 minute
    And I run "kubectl get pods"
    Then the output contains "web-"
    When I run "kubectl delete pod -l app=web"
    Then the command fails with "etcd"
    When 1 minute passes
    Then exactly 3 pods matching "app=web" are ready

  Scenario: Without a scheduler new Pods wait
    When the scheduler is down for 1 minute
    And deployment "web" is scaled to 5
    And 30 seconds pass
    Then exactly 2 pods matching "app=web" are pending
    And within 1 minute deployment "web" has 5 of 5 replicas available

  Scenario: Without controllers nothing is replaced
    When the controller manager is down for 1 minute
    And a pod matching "app=web" is deleted
    And 45 seconds pass
    Then exactly 2 pods matching "app=web" are running
    And within 1 minute deployment "web" has 3 of 3 replicas available

  Scenario Outline: The leading <component> dies, and its standby waits for the lease
    When the leading <component> fails over
    And deployment "web" is scaled to 5
    And 10 seconds pass
    Then deployment "web" has 3 of 5 replicas ready
    And within 20 seconds deployment "web" has 5 of 5 replicas available

    Examples:
      | component          |
      | controller manager |
      | scheduler          |

  Scenario: Watches that lag make controllers act upon the past
    When watches lag by 10s for 2 minutes
    And deployment "web" is scaled to 5
    And 8 seconds pass
    Then exactly 3 pods matching "app=web" are running
    And no pods matching "app=web" are pending
    And deployment "web" has 3 of 5 replicas available
    And within 2 minutes deployment "web" has 5 of 5 replicas available

  Scenario: A webhook refuses Pods
    When an admission webhook refuses "pods" for 1 minute
    And a pod matching "app=web" is deleted
    And 30 seconds pass
    Then exactly 2 pods matching "app=web" are ready
    When I run "kubectl run extra --image=nginx"
    Then the command fails with "denied the request"
    And within 3 minutes deployment "web" has 3 of 3 replicas available

  Scenario: A kubelet whose certificate has expired is a stranger
    When the certificate of node "node-1" expires for 3 minutes
    And 1 minute passes
    Then node "node-1" is unknown
    And exactly 3 pods matching "app=web" are serving
    And within 3 minutes node "node-1" is ready
