@S10
Feature: S10. LoadBalancer, ExternalName, and endpoints by hand
  An address from outside, a name for another name, and a Service whose endpoints its author lists.

  Scenario: A load balancer gives an address of its pool, and pending ones wait for one to be given back
    Given a load balancer with addresses "172.18.255.200"
    And a cluster with 3 nodes
    And the manifests in "../../services/balanced.yaml"
    And every pod is ready
    And 1 second passes
    When I run "kubectl get service shop"
    Then the output contains "172.18.255.200"
    And a request to "http://172.18.255.200/" answers 200
    When I run "kubectl expose deployment shop --name=second --type=LoadBalancer --port=80"
    And 1 second passes
    And I run "kubectl get service second"
    Then the output contains "<pending>"
    When I run "kubectl delete service shop"
    Then within 10 seconds field "status.loadBalancer.ingress[0].ip" of service "second" is "172.18.255.200"

  Scenario: Where nobody has addresses to give, it waits for ever, and serves as a NodePort does
    Given a cluster with 3 nodes
    And I run "kubectl apply -f ../manifests/deployment-sample.yaml"
    And every pod is ready
    When I run "kubectl expose deployment nginx-deployment --name=shop --type=LoadBalancer --port=80"
    And 30 minutes pass
    And I run "kubectl get service shop"
    Then the output contains "LoadBalancer"
    And the output contains "<pending>"
    When I run:
      """
      kubectl patch service shop -p '{"spec":{"ports":[{"port":80,"nodePort":30081}]}}'
      """
    And 2 seconds pass
    Then a request to "http://node-1:30081/" answers 200

  Scenario: A Service without a selector leads to where its hand-made Endpoints say
    Given a cluster with 1 node
    And the manifest:
      """yaml
      apiVersion: v1
      kind: Pod
      metadata: {name: legacy}
      spec: {containers: [{name: web, image: nginx, ports: [{containerPort: 80}]}]}
      ---
      apiVersion: v1
      kind: Service
      metadata: {name: outer}
      spec: {ports: [{port: 8080}]}
      """
    And every pod is ready
    And the manifest in "../../services/bastion.yaml"
    And every pod is ready
    Then a request to "http://outer:8080/" from pod "bastion" is refused
    When the manifest:
      """yaml
      apiVersion: v1
      kind: Endpoints
      metadata: {name: outer}
      subsets: [{addresses: [{ip: 10.244.1.2}], ports: [{port: 80}]}]
      """
    And 1 second passes
    Then service "outer" routes to 1 pod
    And a request to "http://outer:8080/" from pod "bastion" answers 200

  Scenario: ExternalName is another name for a Service elsewhere
    Given a cluster with 3 nodes
    And the manifests in "../../services/clusterip.yaml"
    And the manifest in "../../services/bastion.yaml"
    And the manifest:
      """yaml
      apiVersion: v1
      kind: Service
      metadata: {name: alias}
      spec: {type: ExternalName, externalName: nginx-service.default.svc.cluster.local}
      """
    And every pod is ready
    And 1 second passes
    When I run "kubectl get service alias"
    Then the output contains "nginx-service.default.svc.cluster.local"
    And a request to "http://alias/" from pod "bastion" answers 200
