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
    And every pod is ready

  Scenario: A policy that lets nothing out lets no question out either
    When I run "kubectl apply -f deny-egress.yaml"
    And 2 seconds pass
    Then a request to "http://nginx-service/" from pod "bastion" is not resolved

  Scenario: A policy that lets nothing but names out keeps Pods from the API server too
    Given I run "kubectl run curl --image=curlimages/curl --command -- sleep infinity"
    And every pod is ready
    When I run "kubectl exec curl -- curl -sk -m 3 https://kubernetes/healthz"
    Then the output contains "ok"
    When I run "kubectl apply -f allow-names.yaml"
    And 2 seconds pass
    And I run "kubectl exec curl -- curl -sk -m 3 https://kubernetes/healthz"
    Then the command fails with "exit code 28"

  Scenario: The ports of a headless Service are those of each of its Pods
    When I run "kubectl apply -f stateful.yaml"
    And every pod is ready
    And 2 seconds pass
    And I run "kubectl exec bastion -- nslookup -type=srv _sql._tcp.db.default.svc.cluster.local"
    Then the output contains "0 50 5433 db-0.db.default.svc.cluster.local"
    And the output contains "0 50 5433 db-1.db.default.svc.cluster.local"

  Scenario: That a Service is not there is not remembered: CoreDNS keeps none of the names of the cluster
    Then a request to "http://late/" from pod "bastion" is not resolved
    When I run "kubectl create service clusterip late --tcp=80:80"
    And 2 seconds pass
    Then a request to "http://late/" from pod "bastion" is refused

  Scenario: Where a Corefile has it kept, it is remembered for half a minute
    Given I run "kubectl apply -f corefile-keeps.yaml"
    And 2 minutes pass
    And I run "kubectl scale deployment coredns -n kube-system --replicas=1"
    And 20 seconds pass
    Then a request to "http://late/" from pod "bastion" is not resolved
    When I run "kubectl create service clusterip late --tcp=80:80"
    And 2 seconds pass
    Then a request to "http://late/" from pod "bastion" is not resolved
    And within 1 minute a request to "http://late/" from pod "bastion" is refused

  Scenario: CoreDNS is replaced Pod by Pod and loses no name: each Pod goes on answering for 5 seconds after it was told to end
    Given a client sends 5 requests per second to "http://nginx-service/"
    When I run "kubectl rollout restart deployment coredns -n kube-system"
    Then within 5 seconds the rollout of deployment "kube-system/coredns" is progressing
    When 1 minute passes
    Then the rollout of deployment "kube-system/coredns" is complete
    And no request failed

  Rule: What the Corefile says

    Scenario: Another Corefile counts when its volume shows it and CoreDNS has looked again
      When I run "kubectl apply -f fixed-address.yaml -f corefile-hosts.yaml"
      And 1 second passes
      Then a request to "http://shop.internal/" from pod "bastion" is not resolved
      And within 2 minutes a request to "http://shop.internal/" from pod "bastion" answers 200
      And a request to "http://nginx-service/" from pod "bastion" answers 200

    Scenario: Hosts that leave nothing to the next plugin answer for all names, and know none but their own
      When I run "kubectl apply -f fixed-address.yaml -f corefile-hosts-alone.yaml"
      And 2 minutes pass
      Then a request to "http://shop.internal/" from pod "bastion" answers 200
      And a request to "http://nginx-service/" from pod "bastion" is not resolved

    Scenario: A Corefile that cannot be read is no Corefile: who runs goes on, who starts ends
      When I run "kubectl apply -f corefile-of-old.yaml"
      And 3 minutes pass
      Then a request to "http://nginx-service/" from pod "bastion" answers 200
      When I run "kubectl rollout restart deployment coredns -n kube-system"
      And 1 minute passes
      And I run "kubectl logs -n kube-system -l k8s-app=kube-dns --prefix"
      Then the output contains "/etc/coredns/Corefile:7 - Error during parsing: Unknown directive 'proxy'"
      And a request to "http://nginx-service/" from pod "bastion" answers 200
      When I run "kubectl get pods -n kube-system -l k8s-app=kube-dns"
      Then the output contains "CrashLoopBackOff"

    Scenario: Names are rewritten before they are looked up
      When I run "kubectl apply -f corefile-rewrites.yaml"
      Then within 2 minutes a request to "http://shop.example.com/" from pod "bastion" answers 200
      And within 2 minutes a request to "http://nginx-service.old.local/" from pod "bastion" answers 200

    Scenario: Names of a zone of one's own are asked for elsewhere, and lost where nobody answers there
      When I run "kubectl apply -f corefile-stub.yaml"
      And 2 minutes pass
      Then a request to "http://shop.corp.local/" from pod "bastion" is not resolved
      And a request to "http://nginx-service/" from pod "bastion" answers 200
      When I run "kubectl exec bastion -- nslookup shop.corp.local."
      Then the command fails with "SERVFAIL"
