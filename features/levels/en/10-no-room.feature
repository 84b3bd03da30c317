@level @commands:1
Feature: Apart, at any price
  Two Pods must not share a node, and there are two nodes. One of the Pods waits.

  Background:
    Given a cluster with 2 nodes
    And node "node-2" is cordoned
    And the manifest:
      """
      apiVersion: apps/v1
      kind: Deployment
      metadata:
        name: web
      spec:
        replicas: 2
        selector:
          matchLabels: {app: web}
        template:
          metadata:
            labels: {app: web}
          spec:
            affinity:
              podAntiAffinity:
                requiredDuringSchedulingIgnoredDuringExecution:
                  - labelSelector:
                      matchLabels: {app: web}
                    topologyKey: kubernetes.io/hostname
            containers:
              - name: nginx
                image: nginx:1.12
                ports:
                  - containerPort: 80
      """
    And 10 seconds pass

  @hint
  Scenario: Its events say why it waits
    When I run "kubectl describe pods --show-events"
    Then the output contains "anti-affinity"

  @hint
  Scenario: A node that is cordoned takes no new Pods
    When I run "kubectl get nodes"
    Then the output contains "SchedulingDisabled"

  @solution
  Scenario: Let the second node take Pods again
    When I run "kubectl uncordon node-2"
    Then within 2 minutes deployment "web" has 2 of 2 replicas available
    And no two pods matching "app=web" share a node
