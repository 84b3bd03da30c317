@S13
Feature: S13. Looking into a cluster: get, describe, logs, exec
  The document's commands, in its order.

  Background:
    Given a cluster with 1 node
    And I run "kubectl apply -f ../manifests/my-first-pod.yaml"
    And every pod is ready

  Scenario: get and describe
    When 103 seconds pass
    And I run "kubectl get pod"
    Then the output contains "my-first-pod   1/1     Running   0"
    When I run "kubectl describe pod my-first-pod"
    Then the output contains "Labels:           component=nginx"
    And the output contains "default-scheduler  Successfully assigned default/my-first-pod to node-1"
    And the output contains:
      """
      Pulling image "nginx:latest"
      """
    And the output contains:
      """
      Successfully pulled image "nginx:latest"
      """
    And the output contains "Created"
    And the output contains "Started"

  Scenario: exec, as if logged in
    apt answers, and says that nothing was installed: curl is there anyway.
    When I run "kubectl exec my-first-pod -- bash -c 'apt update && apt install -y curl'"
    Then the output contains "apt install curl: packages are not simulated; taken as done"
    When I run "kubectl exec my-first-pod -- curl -i localhost:80"
    Then the output contains "HTTP/1.1 200 OK"
    And the output contains "Welcome to nginx!"
    When I run "kubectl exec my-first-pod -- hostname"
    Then the output is:
      """
      my-first-pod
      """
    When I run "kubectl exec my-first-pod -- ls /usr/share/nginx/html"
    Then the output is:
      """
      50x.html
      index.html
      """
    When I run "kubectl exec my-first-pod -- cat /usr/share/nginx/html/index.html"
    Then the output contains "Welcome to nginx!"
    When I run "kubectl exec my-first-pod -- rm /usr/share/nginx/html/index.html"
    And I run "kubectl exec my-first-pod -- ls /usr/share/nginx/html"
    Then the output is:
      """
      50x.html
      """
    When I run "kubectl exec my-first-pod -- env"
    Then the output contains "HOSTNAME=my-first-pod"
    And the output contains "KUBERNETES_SERVICE_HOST=10.96.0.1"

  Scenario: The document writes exec without two dashes; today it is refused
    When I run "kubectl exec -it my-first-pod rm /usr/share/nginx/html/index.html"
    Then the command fails with "exec [POD] -- [COMMAND]"

  Scenario: From one Pod to another, by its address
    Given I run "kubectl apply -f ../manifests/bastion.yaml"
    And every pod is ready
    When I run "kubectl get pod -o wide"
    Then the output contains "NOMINATED NODE   READINESS GATES"
    And a request to "http://my-first-pod/" from pod "bastion" answers 200

  Scenario: logs of one Pod, of all with a label, of the container before
    Given I run "kubectl apply -f ../manifests/nginx-deployment-1.16.yaml"
    And every pod is ready
    When I run "kubectl exec my-first-pod -- curl -s localhost:80/"
    And I run "kubectl exec my-first-pod -- curl -s localhost:80/favicon.ico"
    And I run "kubectl logs my-first-pod"
    Then the output contains:
      """
      "GET / HTTP/1.1" 200
      """
    And the output contains:
      """
      "GET /favicon.ico HTTP/1.1" 404
      """
    When I run "kubectl logs my-first-pod -c nginx --tail=1"
    Then the output contains:
      """
      "GET /favicon.ico HTTP/1.1" 404
      """
    When I run "kubectl logs -l component=nginx --prefix"
    Then the output contains "[pod/my-first-pod/nginx]"
    And the output contains "[pod/nginx-deployment-"
    When container "nginx" of pod "my-first-pod" is killed
    And 30 seconds pass
    And I run "kubectl logs my-first-pod --previous"
    Then the output contains:
      """
      "GET /favicon.ico HTTP/1.1" 404
      """

  Scenario: A request through a forwarded port
    The port is there as long as the command runs, which here is as long as the line.
    Given I run "kubectl apply -f ../manifests/nginx-deployment-1.16.yaml"
    And every pod is ready
    When I run "kubectl port-forward deployment/nginx-deployment 8080:80 & sleep 1; curl -s localhost:8080"
    Then the output contains "Forwarding from 127.0.0.1:8080 -> 80"
    And the output contains "Welcome to nginx!"

  Scenario: What a shell does with the output
    When I run "kubectl get pods --no-headers | awk '{print $1}' | xargs -I% kubectl label pod % tier=front"
    Then the output is:
      """
      pod/my-first-pod labeled
      """
    When I run "for pod in $(kubectl get pods -l tier=front -o name); do kubectl delete $pod; done; kubectl get pods -o name | wc -l"
    Then the output is:
      """
      pod "my-first-pod" deleted from default namespace
      0
      """

  Scenario: A command once, in a Pod that is gone behind it
    When I run "kubectl run once -i --rm --restart=Never --image=busybox -- sh -c 'sleep 1; hostname'"
    Then the output contains:
      """
      once
      pod "once" deleted from default namespace
      """
