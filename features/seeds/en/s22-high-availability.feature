@S22
Feature: S22. A control plane that outlives a part of itself
  etcd has three members and needs two of them to write. Of controller managers there may be several, and one leads: it holds
  a Lease, and when it dies the next one waits until that has run out. (Several API servers behind one name are not simulated.)

  Background:
    Given a cluster with 2 nodes
    And I run "kubectl apply -f ../manifests/nginx-clusterip.yaml"
    And every pod is ready
    And 2 seconds pass

  @every-seed:6
  Scenario: One member of three is lost, and all goes on
    At most a pause while the others choose a leader, where it was the lost one who led.
    When etcd loses 1 member for 10 minutes
    And 2 seconds pass
    And I run "kubectl scale deployment nginx-deployment --replicas=5"
    Then within 30 seconds exactly 5 pods matching "app=nginx" are ready

  Scenario: Two are lost: no write is taken, what runs serves on, and nothing is lost
    When I run "kubectl scale deployment nginx-deployment --replicas=4"
    And 20 seconds pass
    And etcd loses 2 members for 5 minutes
    And I run "kubectl scale deployment nginx-deployment --replicas=5"
    Then the command fails with "etcdserver"
    When 4 minutes pass
    Then a request to "http://nginx-service/" answers 200
    And field ".spec.replicas" of deployment "nginx-deployment" is "4"
    When 2 minutes pass
    And I run "kubectl scale deployment nginx-deployment --replicas=5"
    Then within 1 minute exactly 5 pods matching "app=nginx" are ready

  Scenario: The leading controller manager dies, and the standby takes over when its Lease has run out
    When the leading controller manager fails over
    And a pod matching "app=nginx" is deleted
    Then within 5 seconds exactly 2 pods matching "app=nginx" are running
    And for 5 seconds exactly 2 pods matching "app=nginx" are running
    And within 30 seconds exactly 3 pods matching "app=nginx" are ready
    And at every moment service "nginx-service" was available
