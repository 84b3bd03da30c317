Feature: A Service without a selector routes by a slice that somebody made
  No controller makes Endpoints of it; kube-proxy reads EndpointSlices alone.

  Scenario: a slice that names its Service is enough
    Given a cluster with 2 nodes
    And the manifest:
      """
      apiVersion: v1
      kind: Pod
      metadata: {name: db}
      spec: {containers: [{name: db, image: nginx, ports: [{containerPort: 80}]}]}
      ---
      apiVersion: v1
      kind: Service
      metadata: {name: hand}
      spec: {ports: [{port: 80, name: http}]}
      """
    And every pod is ready
    Then a request to "http://hand/" is refused
    When I run:
      """
      IP=$(kubectl get pod db -o jsonpath={.status.podIP}); echo "{apiVersion: discovery.k8s.io/v1, kind: EndpointSlice, metadata: {name: hand-1, labels: {kubernetes.io/service-name: hand}}, addressType: IPv4, ports: [{name: http, port: 80, protocol: TCP}], endpoints: [{addresses: ['$IP'], conditions: {ready: true}}]}" | kubectl apply -f -
      """
    And 5 seconds pass
    Then a request to "http://hand/" answers 200
    When I run "kubectl run shell --image=nginx"
    And 10 seconds pass
    And I run "kubectl exec shell -- nslookup hand"
    Then the output contains "hand.default.svc.cluster.local"
    When I run "kubectl delete endpointslice hand-1"
    And 5 seconds pass
    Then a request to "http://hand/" is refused
