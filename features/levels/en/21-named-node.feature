@level @commands:1
Feature: Evicted without end
  A Pod is evicted, made again on the same node, and evicted again: its template names a node that has a taint, past the scheduler (rancher/rancher#22912). The taint is there for a reason.

  Background:
    Given a cluster with 2 nodes
    And I run "kubectl taint nodes node-1 maintenance=yes:NoExecute"
    And the manifest:
      """
      apiVersion: apps/v1
      kind: Deployment
      metadata:
        name: web
      spec:
        replicas: 1
        selector:
          matchLabels:
            app: web
        template:
          metadata:
            labels:
              app: web
          spec:
            nodeName: node-1
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
      """
    And 10 seconds pass

  @hint
  Scenario: The node has a taint
    When I run "kubectl describe node node-1"
    Then the output contains "maintenance=yes:NoExecute"

  @hint
  Scenario: The template names the node
    When I run "kubectl get deployment web -o yaml"
    Then the output contains "nodeName: node-1"

  @solution
  Scenario: Let the scheduler choose
    When I run "kubectl patch deployment web -p '{\"spec\":{\"template\":{\"spec\":{\"nodeName\":null}}}}'"
    Then within 2 minutes deployment "web" has 1 of 1 replicas available
    And field ".spec.taints[0].key" of node "node-1" is "maintenance"
