Feature: Probes notice what the process does not
  A liveness probe that fails failureThreshold times restarts the container; its file system starts anew from the image,
  so a deleted page is back. A readiness probe only decides whether the pod gets requests.

  Background:
    Given a cluster with 1 node
    And the manifest in "sample-healthcheck.yaml"
    And every pod is ready

  Scenario: A deleted page is noticed and healed
    When "rm /usr/share/nginx/html/index.html" is executed in pod "sample-healthcheck"
    Then a request to "http://sample-healthcheck/index.html" answers 404
    And within 15 seconds container "nginx-container" of pod "sample-healthcheck" has restarted once
    And pod "sample-healthcheck" is not ready
    And within 20 seconds a request to "http://sample-healthcheck/" answers 200
    And within 30 seconds pod "sample-healthcheck" is ready
    And an event "Unhealthy" is recorded for pod "sample-healthcheck" saying "Liveness probe failed: HTTP probe failed with statuscode: 404"
    And an event "Killing" is recorded for pod "sample-healthcheck" saying "failed liveness probe, will be restarted"
    And for 10 minutes container "nginx-container" of pod "sample-healthcheck" has restarted once

  Scenario: Readiness fails at once and needs two successes to return
    When "rm /usr/share/nginx/html/50x.html" is executed in pod "sample-healthcheck"
    Then within 4 seconds pod "sample-healthcheck" is not ready
    And container "nginx-container" of pod "sample-healthcheck" has restarted 0 times
    When "touch /usr/share/nginx/html/50x.html" is executed in pod "sample-healthcheck"
    Then for 2 seconds pod "sample-healthcheck" is not ready
    And within 7 seconds pod "sample-healthcheck" is ready

  Scenario: describe shows the probes as they were declared
    When I run "kubectl describe pod sample-healthcheck | grep Liveness"
    Then the output contains "http-get http://:80/index.html delay=5s timeout=1s period=3s #success=1 #failure=2"
    When I run "kubectl describe pod sample-healthcheck | grep Readiness"
    Then the output contains "exec [ls /usr/share/nginx/html/50x.html] delay=5s timeout=1s period=3s #success=2 #failure=1"
