Feature: Ingress controllers cannot take changes in
  nginx goes by the rules that it has, and by the endpoints of that time.

  Scenario: Reloads fail: a new host is unknown, and known when they work again
    Given a cluster with 1 node and an ingress controller
    And the manifest:
      """
      apiVersion: v1
      kind: Pod
      metadata: {name: web, labels: {app: web}}
      spec: {containers: [{name: web, image: "nginx:1.27", ports: [{containerPort: 80}]}]}
      ---
      apiVersion: v1
      kind: Service
      metadata: {name: web}
      spec: {selector: {app: web}, ports: [{port: 80}]}
      """
    And every pod is ready
    When ingress reloads fail for 1 minute
    And I run "kubectl create ingress web --rule=web.example.com/*=web:80"
    And 30 seconds pass
    Then a request to "http://172.18.255.200/" with header "Host: web.example.com" answers 404
    And within 1 minute a request to "http://172.18.255.200/" with header "Host: web.example.com" answers 200
