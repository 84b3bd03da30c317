@S8
Feature: S8. A Service: one name and one address for whichever pods are ready
  Pods come and go, and their addresses with them. Whoever wants one of them asks for the Service, by name.

  Background:
    Given a cluster with 3 nodes
    And I run "kubectl apply -f ../manifests/bastion.yaml"

  Rule: The document's Service

    Background:
      Given I run "kubectl apply -f ../manifests/nginx-clusterip.yaml"
      And every pod is ready
      And 2 seconds pass

    Scenario: Its address, and the pods behind it
      When I run "kubectl get services"
      Then the output contains "kubernetes      ClusterIP   10.96.0.1"
      And the output contains "nginx-service   ClusterIP"
      And the output contains "80/TCP"
      When I run "kubectl describe service/nginx-service"
      Then the output contains "Selector:"
      And the output contains "app=nginx"
      And the output contains "http-port  80/TCP"
      And the output contains "TargetPort:"
      And the output contains "Endpoints:"
      And service "nginx-service" routes to 3 pods

    Scenario: By its short name, with its namespace, and by its full name
      Then a request to "http://nginx-service/" from pod "bastion" answers 200
      And a request to "http://nginx-service.default/" from pod "bastion" answers 200
      And a request to "http://nginx-service.default.svc.cluster.local/" from pod "bastion" answers 200
      And a request to "http://nginx-service.other/" from pod "bastion" is not resolved
      When I run "kubectl create namespace other"
      And I run "kubectl apply -n other -f ../manifests/bastion.yaml"
      And every pod is ready
      Then a request to "http://nginx-service/" from pod "other/bastion" is not resolved
      And a request to "http://nginx-service.default/" from pod "other/bastion" answers 200

    Scenario: Requests are spread over its pods, by chance and not in turn
      Given I run "kubectl apply -f ../manifests/spread.yaml"
      And every pod is ready
      And 2 seconds pass
      Then service "spread" routes to 2 pods
      And within 1 minute a request to "http://spread/" from pod "bastion" answers 200 from a pod matching "number=one"
      And within 1 minute a request to "http://spread/" from pod "bastion" answers 200 from a pod matching "number=two"

  Rule: Ports

    Scenario: The Service's port and the container's are two; the latter may be called by its name
      When I run "kubectl apply -f ../manifests/nginx-named-port.yaml"
      And every pod is ready
      And 2 seconds pass
      Then a request to "http://by-name:8080/" from pod "bastion" answers 200
      And a request to "http://by-name/" from pod "bastion" times out

  Rule: Only those that are ready

    Background:
      Given I run "kubectl apply -f ../manifests/sample-healthcheck.yaml -f ../manifests/sample-service.yaml"
      And every pod is ready
      And 2 seconds pass

    Scenario: A pod that is not ready gets no requests, though it would answer
      Then service "sample-service" routes to 1 pod
      When "rm /usr/share/nginx/html/50x.html" is executed in pod "sample-healthcheck"
      Then within 10 seconds service "sample-service" routes to 0 pods
      When 5 seconds pass
      Then a request to "http://sample-service/" from pod "bastion" is refused
      And a request to "http://sample-healthcheck/" from pod "bastion" answers 200

  Rule: A new version without a gap

    Scenario: Ready before the old ones go, and the old ones answer until nobody asks them
      A surge Pod comes first (maxUnavailable 0), probes say when it may be asked, and a Pod that goes waits until
      every node's routes have left it.
      Given I run "kubectl apply -f ../manifests/zero-downtime.yaml"
      And every pod is ready
      And 2 seconds pass
      And a client sends 50 requests per second to "http://shop/"
      When I run "kubectl set image deployment/shop nginx=nginx:1.16"
      Then within 5 seconds the rollout of deployment "shop" is progressing
      And within 5 minutes the rollout of deployment "shop" is complete
      When 1 minute passes
      Then no request failed
