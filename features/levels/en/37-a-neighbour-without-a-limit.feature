@level @commands:1
Feature: A neighbour without a limit
  A program takes more memory every second, and nobody said how much it may use. The node runs short, and the kubelet makes room: the web server is evicted, each time it comes back. Limit the one that leaks; the web server has to stay.

  Background:
    Given a cluster with nodes:
      | name | memory |
      | node-1 | 1Gi |
    And image "web:1" behaves as:
      """
      memory: 500Mi
      """
    And image "elastalert:1" behaves as:
      """
      memory: {start: 50Mi, grow: 3Mi/s}
      """
    And the manifest:
      """
      apiVersion: apps/v1
      kind: Deployment
      metadata:
        name: web
      spec:
        replicas: 1
        minReadySeconds: 300
        selector:
          matchLabels:
            app: web
        template:
          metadata:
            labels:
              app: web
          spec:
            containers:
              - name: web
                image: web:1
                ports:
                  - containerPort: 80
                readinessProbe:
                  httpGet:
                    path: /
                    port: 80
                  periodSeconds: 2
      ---
      apiVersion: apps/v1
      kind: Deployment
      metadata:
        name: elastalert
      spec:
        replicas: 1
        selector:
          matchLabels:
            app: elastalert
        template:
          metadata:
            labels:
              app: elastalert
          spec:
            containers:
              - name: elastalert
                image: elastalert:1
      """
    And 6 minutes pass

  @hint
  Scenario: It was evicted
    When I run "kubectl get events"
    Then the output contains "Evicted"

  @hint
  Scenario: The one that leaks has no limit
    When I run "kubectl describe deployment elastalert"
    Then the output contains "elastalert:1"

  @solution
  Scenario: Limit the one that leaks
    When I run "kubectl set resources deployment elastalert --limits=memory=200Mi"
    Then within 20 minutes deployment "web" has 1 of 1 replicas available
