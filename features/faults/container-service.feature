Feature: Containers run, and do not serve as they should
  A process that has come into a bad state is as new after a restart, which a liveness probe brings about.
  What is wrong with a program, or with what it waits for, a restart does not mend.

  Background:
    Given a cluster with 1 node
    And the manifest in "server.yaml"
    And every pod is ready

  Scenario: A process that hangs is restarted by its liveness probe, and answers again
    When container "nginx" of pod "server" hangs
    Then a request to "http://server/" times out
    And for 5 seconds container "nginx" of pod "server" has restarted 0 times
    And within 10 seconds container "nginx" of pod "server" has restarted once
    And an event "Unhealthy" is recorded for pod "server" saying "context deadline exceeded"
    And within 10 seconds a request to "http://server/" answers 200

  Scenario: Without a liveness probe it hangs for as long as the fault lasts
    Given the manifest in "web.yaml"
    And every pod is ready
    When a container of every pod matching "app=web" hangs for 5 minutes
    Then within 20 seconds service "web" routes to 0 pods
    And for 4 minutes service "web" routes to 0 pods
    And within 1 minute deployment "web" has 3 of 3 replicas available

  Scenario: A process that has stopped to listen
    When container "nginx" of pod "server" refuses connections
    Then a request to "http://server/" is refused
    And within 15 seconds container "nginx" of pod "server" has restarted once
    And within 10 seconds a request to "http://server/" answers 200

  Scenario: Slow answers are late for probes too, and restarts do not help
    When container "nginx" of pod "server" answers 2s late for 2 minutes
    Then a request to "http://server/" answers 200
    And for 5 seconds pod "server" is ready
    And within 10 seconds pod "server" is not ready
    And within 1 minute container "nginx" of pod "server" has restarted 2 times
    And for 30 seconds pod "server" is not ready
    And eventually pod "server" is ready

  Scenario: Errors come back after a restart, until their cause is gone
    When container "nginx" of pod "server" answers with errors for 2 minutes
    Then a request to "http://server/" answers 500
    And within 1 minute container "nginx" of pod "server" has restarted 2 times
    And within 5 seconds a request to "http://server/" answers 500
    And eventually pod "server" is ready

  Scenario: A slow start is noticed at the next start, and killed by a hasty liveness probe
    When container "nginx" of pod "server" takes 1m to start for 10 minutes
    Then for 1 minute pod "server" is ready
    When container "nginx" of pod "server" crashes
    Then for 5 minutes a request to "http://server/" is refused
    And an event "Killing" is recorded for pod "server" saying "failed liveness probe, will be restarted"
    # The start after the fault is as fast as ever.
    And eventually pod "server" is ready

  Scenario: A rollout of a slow program is slow, and takes nothing away meanwhile
    Given the manifest in "web.yaml"
    And every pod is ready
    When a container of every pod matching "app=web" takes 30s to start for 10 minutes
    And the image of deployment "web" is changed to "nginx:1.28"
    Then for 60 seconds at least 3 pods matching "app=web" are available
    And the rollout of deployment "web" is progressing
    And within 2 minutes deployment "web" has 3 of 3 replicas updated
    And every pod is ready

  Scenario: A Pod whose readiness flaps comes and goes, and answers all the while
    When the readiness of container "nginx" of pod "server" flaps every 30s for 2 minutes
    Then within 15 seconds pod "server" is not ready
    And a request to "http://server/" answers 200
    And within 30 seconds pod "server" is ready
    And within 1 minute pod "server" is not ready
    And eventually pod "server" is ready
    And for 10 minutes pod "server" is ready
    And container "nginx" of pod "server" has restarted 0 times

  Scenario: When the readiness of all flaps, a Service goes down that could serve
    Given the manifest in "web.yaml"
    And every pod is ready
    When the readiness of a container of every pod matching "app=web" flaps for 5 minutes
    Then for 9 seconds service "web" routes to 3 pods
    And within 30 seconds service "web" routes to 0 pods
    And at least 3 pods matching "app=web" are serving
    When 1 second passes
    Then a request to "http://web/" is refused
    And eventually service "web" routes to 3 pods
