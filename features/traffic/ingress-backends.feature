Feature: What stands behind an Ingress
  A rule names a port of a Service. Where that has no endpoint, or is only a name, or stands beside another one,
  ingress-nginx has its own ways.

  Background:
    Given a cluster with 2 nodes and an ingress controller
    And the manifests in "shop.yaml"
    And I run "kubectl run curl --image=curlimages/curl --command -- sleep infinity"
    And every pod is ready
    And 1 minute passes

  Scenario: A canary without endpoints takes nobody, and beside one without endpoints it does not stand in
    When the manifests in "canary.yaml"
    And every pod is ready
    And 10 seconds pass
    Then a request to "http://shop.example.com/" with header "X-Canary: always" answers 200 from a pod matching "app=canary"
    When I run "kubectl label pod canary app-"
    And 10 seconds pass
    Then a request to "http://shop.example.com/" with header "X-Canary: always" answers 200 from a pod matching "app=shop"
    When I run "kubectl label pod canary app=canary"
    Then within 10 seconds service "canary" routes to 1 pod
    When I run "kubectl scale deployment shop --replicas=0"
    And 10 seconds pass
    Then a request to "http://shop.example.com/" with header "X-Canary: always" answers 503

  Scenario: Behind a Service that is only a name stands whoever has that name
    When I run "kubectl create service externalname outer --external-name=help.default.svc.cluster.local"
    And I run "kubectl create ingress outer --class=nginx --rule=outer.example.com/*=outer:80"
    Then within 90 seconds a request to "http://outer.example.com/" answers 200 from a pod matching "app=help"

  Scenario: A rule may name the port that the container listens on
    When I run "kubectl create ingress inner --class=nginx --rule=inner.example.com/*=help:8080"
    Then within 90 seconds a request to "http://inner.example.com/" answers 200 from a pod matching "app=help"

  Scenario: Through the Service itself, kube-proxy chooses the Pod
    When I run "kubectl annotate ingress shop nginx.ingress.kubernetes.io/service-upstream=true"
    And 10 seconds pass
    Then a request to "http://shop.example.com/" answers 200 from a pod matching "app=shop"
    When I run "kubectl scale deployment shop --replicas=0"
    And 10 seconds pass
    Then a request to "http://shop.example.com/" answers 502

  Scenario: The default backend answers errors that it was asked to
    When I run "kubectl annotate ingress shop nginx.ingress.kubernetes.io/custom-http-errors=404,503 nginx.ingress.kubernetes.io/default-backend=help"
    And 10 seconds pass
    Then a request to "http://shop.example.com/nowhere" answers 200 from a pod matching "app=help"
    When I run "kubectl annotate ingress shop nginx.ingress.kubernetes.io/default-backend-"
    And 10 seconds pass
    Then a request to "http://shop.example.com/nowhere" answers 404

  Scenario: Whoever has no DNS for a host says which address it has
    When I run "kubectl exec curl -- curl -s --resolve shop.example.com:80:172.18.255.200 http://shop.example.com/hostname"
    Then the output contains "help-"
    When I run "kubectl exec curl -- curl -s --connect-to ::172.18.255.200:80 http://shop.example.com/"
    Then the output contains "Welcome to nginx!"
