Feature: Ingress
  Rules by host and path, played by a controller that is a Pod itself: it takes changes in a few seconds late,
  and its nginx answers where it finds no rule, no endpoint, or none that answers.

  Background:
    Given a cluster with 2 nodes and an ingress controller
    And the manifests in "shop.yaml"
    And every pod is ready
    And 1 minute passes

  Scenario: Host and path decide which Service answers
    Then a request to "http://shop.example.com/" answers 200 from a pod matching "app=shop"
    And a request to "http://shop.example.com/hostname" answers 200 from a pod matching "app=help"
    And a request to "http://shop.example.com/nowhere" answers 404
    When I run "kubectl get ingress"
    Then the output is:
      """
      NAME   CLASS   HOSTS              ADDRESS          PORTS   AGE
      shop   nginx   shop.example.com   172.18.255.200   80      1m
      """
    And a request to "http://172.18.255.200/" answers 404
    And a request to "http://172.18.255.200/" with header "Host: shop.example.com" answers 200
    When I run "kubectl describe ingress shop"
    Then the output contains "shop.example.com"
    And the output contains "Scheduled for sync"
    And an event "Sync" is recorded for ingress "shop"

  Scenario: An Ingress that names no class gets the default one
    When I run "kubectl create ingress plain --rule=plain.example.com/*=shop:80"
    Then field "spec.ingressClassName" of ingress "plain" is "nginx"
    And within 90 seconds a request to "http://plain.example.com/" answers 200

  Scenario: A new rule counts once nginx has reloaded
    When I run "kubectl create ingress late --class=nginx --rule=late.example.com/*=shop:80"
    Then a request to "http://172.18.255.200/" with header "Host: late.example.com" answers 404
    And within 6 seconds a request to "http://172.18.255.200/" with header "Host: late.example.com" answers 200
    When 1 second passes
    And I run "kubectl get events -n ingress-nginx"
    Then the output contains "NGINX reload triggered due to a change in configuration"

  Scenario: No endpoint is 503, none that listens 502, none that answers 504
    When I run "kubectl scale deployment shop --replicas=0"
    Then within 10 seconds a request to "http://shop.example.com/" answers 503
    When I run "kubectl scale deployment shop --replicas=2"
    Then within 20 seconds a request to "http://shop.example.com/" answers 200
    When a container of every pod matching "app=shop" refuses connections for 5 seconds
    Then a request to "http://shop.example.com/" answers 502
    When I run "kubectl annotate ingress shop nginx.ingress.kubernetes.io/proxy-read-timeout=2"
    And 20 seconds pass
    And a container of every pod matching "app=shop" hangs for 10 seconds
    Then a request to "http://shop.example.com/" answers 504

  Scenario: Whoever speaks of a certificate has plain requests sent to https, be its Secret there or not
    Given I run "kubectl run curl --image=curlimages/curl --command -- sleep infinity"
    And every pod is ready
    When I run "kubectl create ingress safe --class=nginx --rule=safe.example.com/*=shop:80,tls=safe-cert"
    Then within 90 seconds a request to "http://safe.example.com/" answers 308
    And a request to "https://safe.example.com/" answers 200
    When I run "kubectl exec curl -- curl https://safe.example.com/"
    Then the command fails with "SSL certificate problem: unable to get local issuer certificate"
    When I run "kubectl exec curl -- curl -ksLi http://safe.example.com/"
    Then the output contains "Location: https://safe.example.com"
    And the output contains "Welcome to nginx!"
    When the manifest:
      """yaml
      apiVersion: v1
      kind: Secret
      metadata: {name: safe-cert}
      type: kubernetes.io/tls
      stringData: {tls.crt: certificate, tls.key: key}
      """
    And 6 seconds pass
    And I run "kubectl exec curl -- curl -s https://safe.example.com/ | grep -c Welcome"
    Then the output is:
      """
      2
      """

  Scenario: A canary takes those that ask for it
    When the manifests in "canary.yaml"
    And every pod is ready
    And 10 seconds pass
    Then a request to "http://shop.example.com/" with header "X-Canary: always" answers 200 from a pod matching "app=canary"
    And a request to "http://shop.example.com/" with header "X-Canary: never" answers 200 from a pod matching "app=shop"

  Scenario: A path is rewritten before it is passed on
    When the manifest:
      """yaml
      apiVersion: networking.k8s.io/v1
      kind: Ingress
      metadata:
        name: rewritten
        annotations: {nginx.ingress.kubernetes.io/rewrite-target: /$2}
      spec:
        ingressClassName: nginx
        rules:
          - host: rewritten.example.com
            http:
              paths:
                - path: /help(/|$)(.*)
                  pathType: ImplementationSpecific
                  backend: {service: {name: help, port: {name: http}}}
      """
    Then within 90 seconds a request to "http://rewritten.example.com/help/hostname" answers 200
    And a request to "http://rewritten.example.com/help/nowhere" answers 404

  Scenario: Behind an ingress, a rollout fails nobody where Pods leave slowly
    Given a client sends 5 requests per second to "http://shop.example.com/"
    When I run "kubectl rollout restart deployment shop help"
    Then within 5 seconds the rollout of deployment "shop" is progressing
    When 1 minute passes
    Then the rollout of deployment "shop" is complete
    And at least 95% of requests succeeded
    And at every moment at least 2 pods matching "app=shop" were available
    And at every moment at least 1 pod matching "app=help" was available

  Scenario: While nginx cannot reload, new rules do not count and nobody hears of endpoints
    When ingress reloads fail for 1 minute
    And I run "kubectl create ingress late --class=nginx --rule=late.example.com/*=shop:80"
    And 30 seconds pass
    Then a request to "http://172.18.255.200/" with header "Host: late.example.com" answers 404
    When I run "kubectl get events -n ingress-nginx"
    Then the output contains "Error reloading NGINX"
    And within 40 seconds a request to "http://172.18.255.200/" with header "Host: late.example.com" answers 200
    And invariant "ingress-fresh" holds

  Scenario: The last controller takes its addresses back, and a new one gives them again
    When I run "kubectl scale deployment ingress-nginx-controller -n ingress-nginx --replicas=0"
    And 1 minute passes
    Then a request to "http://shop.example.com/" is not resolved
    And a request to "http://172.18.255.200/" times out
    When I run "kubectl scale deployment ingress-nginx-controller -n ingress-nginx --replicas=2"
    Then within 2 minutes a request to "http://shop.example.com/" answers 200
    And invariant "ingress-addressed" holds
    And every pod is ready
