@level @commands:2 @budget
Feature: Who is counted
  A budget of half of the Pods allows nothing, although all of them are healthy: it also selects those of a CronJob, and what half of a Job is nobody can say (kubernetes/kubernetes#77383). Empty node-1.

  Background:
    Given a cluster with 3 nodes
    And the manifest:
      """
      apiVersion: apps/v1
      kind: Deployment
      metadata:
        name: batch
      spec:
        replicas: 4
        selector:
          matchLabels:
            app: batch
        template:
          metadata:
            labels:
              app: batch
              tier: server
          spec:
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
      ---
      apiVersion: batch/v1
      kind: CronJob
      metadata:
        name: cleanup
      spec:
        schedule: "* * * * *"
        jobTemplate:
          spec:
            template:
              metadata:
                labels:
                  app: batch
              spec:
                restartPolicy: Never
                containers:
                  - name: cleanup
                    image: busybox
                    command: ["sleep", "90"]
      ---
      apiVersion: policy/v1
      kind: PodDisruptionBudget
      metadata:
        name: batch
      spec:
        minAvailable: 50%
        selector:
          matchLabels:
            app: batch
      """
    And every pod is ready
    And 2 minutes pass

  @hint
  Scenario: The budget says why it cannot count
    When I run "kubectl describe pdb batch"
    Then the output contains "scale"

  @hint
  Scenario: The server carries a label that the Jobs do not
    When I run "kubectl get pods --show-labels"
    Then the output contains "tier=server"

  @solution
  Scenario: Select the server alone, then drain
    When I run "kubectl patch pdb batch --type=merge -p '{\"spec\":{\"selector\":{\"matchLabels\":{\"app\":null,\"tier\":\"server\"}}}}'"
    And I run "kubectl drain node-1 --ignore-daemonsets --force"
    Then within 5 minutes the drain of node "node-1" is finished
    And within 5 minutes deployment "batch" has 4 of 4 replicas available
