@level @commands:1
Feature: Two Pods, one disk
  A rollout has come to a stop: the new Pod waits for the disk of the old one, on another node, and the old one is kept until the new one is ready (kubernetes/kubernetes#115997).

  Background:
    Given a cluster with 1 node
    And the manifest:
      """
      apiVersion: apps/v1
      kind: Deployment
      metadata:
        name: wordpress
      spec:
        replicas: 1
        selector:
          matchLabels:
            app: wordpress
        template:
          metadata:
            labels:
              app: wordpress
          spec:
            volumes:
              - name: content
                persistentVolumeClaim:
                  claimName: wordpress
            containers:
              - name: wordpress
                image: wordpress:6
                ports:
                  - containerPort: 80
                volumeMounts:
                  - name: content
                    mountPath: /var/www/html
      ---
      apiVersion: v1
      kind: PersistentVolumeClaim
      metadata:
        name: wordpress
      spec:
        accessModes:
          - ReadWriteOnce
        resources:
          requests:
            storage: 1Gi
      """
    And every pod is ready
    And a new node joins
    And node "node-1" is cordoned
    And I run "kubectl rollout restart deployment wordpress"
    And 1 minute passes

  @hint
  Scenario: The new Pod waits for its volume
    When I run "kubectl describe pods --show-events"
    Then the output contains "Multi-Attach"
    And exactly 1 pod matching "app=wordpress" is pending
    And node "node-1" is cordoned

  @hint
  Scenario: With the strategy Recreate the old Pod ends first
    When I run "kubectl describe deployment wordpress"
    Then the output contains "RollingUpdate"

  @solution
  Scenario: Let the old Pod end first
    When I run "kubectl patch deployment wordpress -p '{\"spec\":{\"strategy\":{\"type\":\"Recreate\",\"rollingUpdate\":null}}}'"
    Then within 5 minutes the rollout of deployment "wordpress" is complete
    And field ".spec.replicas" of deployment "wordpress" is "1"
