Feature: Files of containers change, and layers fill up
  What a container writes is in its layer, and gone with it: a restart has the files of the image again.

  Background:
    Given a cluster with 1 node
    And the manifest in "server.yaml"
    And every pod is ready

  Scenario: A deleted page is noticed by the liveness probe, and the new layer has it again
    When file "/usr/share/nginx/html/index.html" is deleted in container "nginx" of pod "server"
    Then a request to "http://server/index.html" answers 404
    And for 5 seconds container "nginx" of pod "server" has restarted 0 times
    And within 10 seconds container "nginx" of pod "server" has restarted once
    And within 10 seconds a request to "http://server/index.html" answers 200

  Scenario: Where nothing looks, it stays away until it is put back
    Given the manifest in "web.yaml"
    And every pod is ready
    When file "/usr/share/nginx/html/50x.html" is deleted in container "web" of every pod matching "app=web" for 5 minutes
    Then for 4 minutes a request to "http://web/50x.html" answers 404
    And within 2 minutes a request to "http://web/50x.html" answers 200

  Scenario: A changed file is served as it is, until a restart
    When file "/usr/share/nginx/html/index.html" becomes "defaced" in container "nginx" of pod "server"
    And "cat /usr/share/nginx/html/index.html" is executed in pod "server"
    Then the output contains "defaced"
    And for 1 minute pod "server" is ready
    When container "nginx" of pod "server" crashes
    And 10 seconds pass
    And "cat /usr/share/nginx/html/index.html" is executed in pod "server"
    Then the output contains "Welcome to nginx!"

  Scenario: Who writes more than the limit is evicted
    When container "nginx" of pod "server" fills "2Gi" of ephemeral storage for 5 minutes
    Then within 20 seconds pod "server" is failed
    And an event "Evicted" is recorded for pod "server" saying "Pod ephemeral local storage usage exceeds the total limit of containers 1Gi."
    When I run "kubectl get pod server -o jsonpath={.status.reason}"
    Then the output contains "Evicted"

  Scenario: Deleted in time, nothing happens
    When container "nginx" of pod "server" fills "10Mi" of ephemeral storage per second for 1 minute
    And 30 seconds pass
    And I run "kubectl exec server -- df /"
    Then the output contains "52428800 38"
    When 5 minutes pass
    Then pod "server" is ready
    And at every moment pod "server" was ready

  Scenario: Without a limit it is the node that runs short of disk
    Given the manifest in "web.yaml"
    And every pod is ready
    When a container of a pod matching "app=web" fills "49Gi" of ephemeral storage
    Then within 20 seconds an event "Evicted" is recorded for a pod matching "app=web" saying "The node was low on resource: ephemeral-storage"
    # The taint of DiskPressure stays for 5 minutes more, and the replacement waits.
    And within 1 minute exactly 1 pod matching "app=web" is pending
    And eventually deployment "web" has 3 of 3 replicas available
