Feature: Names are answered for by Pods
  In a cluster with control plane nodes CoreDNS runs in Pods behind the Service kube-dns. Whoever asks for a name asks
  them, through kube-proxy and past network policies, as any other request goes.

  Background:
    Given a cluster with 1 control plane node and 2 workers
    And I run "kubectl apply -f ../seeds/manifests/bastion.yaml -f ../seeds/manifests/nginx-clusterip.yaml"
    And every pod is ready
    And 2 seconds pass

  Scenario: A Service by its names
    Then a request to "http://nginx-service/" from pod "bastion" answers 200
    And a request to "http://nginx-service.default/" from pod "bastion" answers 200
    And a request to "http://nginx-service.default.svc.cluster.local/" from pod "bastion" answers 200
    And a request to "http://nginx-service.other/" from pod "bastion" is not resolved
    When I run "kubectl exec bastion -- cat /etc/resolv.conf"
    Then the output contains "nameserver 10.96.0.10"

  Scenario: Without its Pods no name is known, though every Service is there
    When I run "kubectl scale deployment coredns -n kube-system --replicas=0"
    And 20 seconds pass
    Then a request to "http://nginx-service/" from pod "bastion" is not resolved
    And a request to "http://10.96.0.1:443/" from pod "bastion" answers 200
    When I run "kubectl scale deployment coredns -n kube-system --replicas=2"
    Then within 1 minute a request to "http://nginx-service/" from pod "bastion" answers 200

  Scenario: A policy that lets nothing out lets no question out either
    When I run "kubectl apply -f deny-egress.yaml"
    And 2 seconds pass
    Then a request to "http://nginx-service/" from pod "bastion" is not resolved

  Scenario: That a name is not there is remembered for half a minute
    Given I run "kubectl scale deployment coredns -n kube-system --replicas=1"
    And 20 seconds pass
    Then a request to "http://late/" from pod "bastion" is not resolved
    When I run "kubectl create service clusterip late --tcp=80:80"
    And 2 seconds pass
    Then a request to "http://late/" from pod "bastion" is not resolved
    And within 1 minute a request to "http://late/" from pod "bastion" is refused

  Scenario: A rollout of CoreDNS loses no name: each Pod goes on answering for 5 seconds after it was told to end
    Given a client sends 5 requests per second to "http://nginx-service/"
    When I run "kubectl rollout restart deployment coredns -n kube-system"
    Then within 5 seconds the rollout of deployment "kube-system/coredns" is progressing
    When 1 minute passes
    Then the rollout of deployment "kube-system/coredns" is complete
    And no request failed
