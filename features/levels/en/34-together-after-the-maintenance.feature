@level @commands:2 @outage:0s
Feature: Together after the maintenance
  Node-2 was maintained, and is back since ten minutes. Nobody moves Pods back by themselves: all of them are on node-1, and go with it. Spread them again, without an outage.

  Background:
    Given a cluster with 2 nodes
    And the manifest:
      """
      apiVersion: apps/v1
      kind: Deployment
      metadata:
        name: web
      spec:
        replicas: 2
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
                whenUnsatisfiable: ScheduleAnyway
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
    And node "node-2" is drained
    And 1 minute passes
    And node "node-2" is uncordoned
    And 10 minutes pass

  @hint
  Scenario: They share a node
    When I run "kubectl get pods -o wide"
    Then the output contains "node-1"
    And the pods of deployment "web" are on 1 node

  @hint
  Scenario: A Pod is never moved: another one is placed where none is yet. A rollout would count the old ones, too
    When I run "kubectl rollout restart deployment web"
    And 2 minutes pass
    Then the rollout of deployment "web" is complete
    And field ".metadata.annotations.deployment\.kubernetes\.io/revision" of deployment "web" is "2"
    And the pods of deployment "web" are on 1 node

  @solution
  Scenario: Have three for a while: the third goes where none is, and of those that are together one goes
    When I run "kubectl scale deployment web --replicas=3"
    And 1 minute passes
    And I run "kubectl scale deployment web --replicas=2"
    And 30 seconds pass
    Then within 5 minutes at most 1 pod matching "app=web" per node
    And within 5 minutes deployment "web" has 2 of 2 replicas available
    And no request failed
