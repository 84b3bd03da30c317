@level @commands:1 @outage:0s
Feature: The sixth Pod
  Six Pods are wanted, spread evenly over nodes and over zones. Zone-b has one node, zone-a two: five Pods keep both rules, a sixth breaks one of them wherever it goes. It has to run all the same; requests go on meanwhile.

  Background:
    Given a cluster with nodes:
      | name | zone |
      | node-1 | zone-a |
      | node-2 | zone-a |
      | node-3 | zone-b |
    And the manifest:
      """
      apiVersion: apps/v1
      kind: Deployment
      metadata:
        name: web
      spec:
        replicas: 5
        selector:
          matchLabels:
            app: web
        template:
          metadata:
            labels:
              app: web
          spec:
            topologySpreadConstraints:
              - maxSkew: 1
                topologyKey: kubernetes.io/hostname
                whenUnsatisfiable: DoNotSchedule
                labelSelector:
                  matchLabels:
                    app: web
              - maxSkew: 1
                topologyKey: topology.kubernetes.io/zone
                whenUnsatisfiable: DoNotSchedule
                labelSelector:
                  matchLabels:
                    app: web
            containers:
              - name: nginx
                image: nginx:1.12
                ports:
                  - containerPort: 80
                readinessProbe:
                  httpGet:
                    path: /
                    port: 80
                  periodSeconds: 2
                lifecycle:
                  preStop:
                    sleep:
                      seconds: 5
      ---
      apiVersion: v1
      kind: Service
      metadata:
        name: web
      spec:
        selector:
          app: web
        ports:
          - port: 80
      """
    And every pod is ready
    And a client sends 5 requests per second to "http://web/"
    And deployment "web" is scaled to 6
    And 1 minute passes

  @hint
  Scenario: The scheduler says why the Pod waits
    When I run "kubectl get events"
    Then the output contains "didn't match pod topology spread constraints"

  @hint
  Scenario: One of the rules may be a wish: ScheduleAnyway
    When I run "kubectl get deployment web -o yaml"
    Then the output contains "DoNotSchedule"

  @solution
  Scenario: Make a wish of one rule
    When I run "kubectl patch deployment web --type=json -p '[{\"op\":\"replace\",\"path\":\"/spec/template/spec/topologySpreadConstraints/1/whenUnsatisfiable\",\"value\":\"ScheduleAnyway\"}]'"
    And 30 seconds pass
    Then within 5 minutes deployment "web" has 6 of 6 replicas available
    And no request failed

  @solution
  Scenario: Drop one rule
    When I run "kubectl patch deployment web --type=json -p '[{\"op\":\"remove\",\"path\":\"/spec/template/spec/topologySpreadConstraints/1\"}]'"
    And 30 seconds pass
    Then within 5 minutes deployment "web" has 6 of 6 replicas available
    And no request failed
