@S14
Feature: S14. Probes: is it alive, may it be asked, has it started
  A liveness probe that fails restarts the container, whose files then are the image's again. A readiness probe that
  fails takes the pod out of its Services and restarts nothing. A startup probe holds both back until the program is up.

  Background:
    Given a cluster with 2 nodes

  Rule: The document's Pod

    Background:
      Given I run "kubectl apply -f ../manifests/sample-healthcheck.yaml -f ../manifests/sample-service.yaml"
      And every pod is ready

    Scenario: What was declared is what describe shows
      When I run "kubectl describe pod sample-healthcheck | grep Liveness"
      Then the output contains "http-get http://:80/index.html delay=5s timeout=1s period=3s #success=1 #failure=2"
      When I run "kubectl describe pod sample-healthcheck | grep Readiness"
      Then the output contains "exec [ls /usr/share/nginx/html/50x.html] delay=5s timeout=1s period=3s #success=2 #failure=1"

    Scenario: index.html is deleted: one restart, the page is back, and no more restarts
      When I run "kubectl exec -it sample-healthcheck -- rm /usr/share/nginx/html/index.html"
      Then within 15 seconds container "nginx-container" of pod "sample-healthcheck" has restarted once
      And within 15 seconds a request to "http://sample-healthcheck/index.html" answers 200
      And within 30 seconds pod "sample-healthcheck" is ready
      And for 10 minutes container "nginx-container" of pod "sample-healthcheck" has restarted once
      When I run "kubectl get pods sample-healthcheck --watch"
      Then the output contains "0/1"
      And an event "Unhealthy" is recorded for pod "sample-healthcheck" saying "HTTP probe failed with statuscode: 404"

    Scenario: The file that readiness asks for is deleted: no restart, and no more requests
      When I run "kubectl exec -it sample-healthcheck -- rm /usr/share/nginx/html/50x.html"
      Then within 5 seconds pod "sample-healthcheck" is not ready
      And within 5 seconds service "sample-service" routes to 0 pods
      And for 10 minutes container "nginx-container" of pod "sample-healthcheck" has restarted 0 times
      When I run "kubectl exec -it sample-healthcheck -- touch /usr/share/nginx/html/50x.html"
      Then within 10 seconds service "sample-service" routes to 1 pod

  Rule: A program that takes its time

    Background:
      Given image "example/slow-start:1" behaves as:
        """
        startup: 40s
        listens: [8080]
        """

    Scenario: The startup probe waits for it; without, liveness would kill it again and again
      When I run "kubectl apply -f ../manifests/slow-start.yaml"
      Then within 1 minute pod "slow-start" is ready
      When 2 minutes pass
      Then container "app" of pod "slow-start" has restarted 0 times
      And pod "slow-start" is ready

    Scenario: Without the startup probe it never comes up
      When I run "kubectl apply -f ../manifests/slow-start-without.yaml"
      Then within 3 minutes container "app" of pod "slow-start" is waiting with reason "CrashLoopBackOff"
      And at no moment a request to "http://slow-start:8080/" answered 200
      And an event "Killing" was recorded for pod "slow-start" saying "failed liveness probe"
