@level @commands:2
Feature: Piled up
  A report is made every minute, and takes half an hour by now. Each one starts beside those before it (digitalocean/clusterlint#95). From now on one at a time; what runs is of no use any more.

  Background:
    Given a cluster with 2 nodes
    And the manifest:
      """
      apiVersion: batch/v1
      kind: CronJob
      metadata:
        name: report
      spec:
        schedule: "* * * * *"
        jobTemplate:
          spec:
            template:
              metadata:
                labels:
                  app: report
              spec:
                restartPolicy: Never
                containers:
                  - name: report
                    image: busybox
                    command: ["sleep", "1800"]
                    resources:
                      requests:
                        cpu: 500m
      """
    And 8 minutes pass

  @hint
  Scenario: They run side by side
    When I run "kubectl get jobs"
    Then the output contains "Running"

  @hint
  Scenario: concurrencyPolicy: Forbid skips a run while another is under way
    When I run "kubectl get cronjob report -o yaml"
    Then the output contains "concurrencyPolicy: Allow"

  @solution
  Scenario: Forbid, then clear away
    When I run "kubectl patch cronjob report -p '{\"spec\":{\"concurrencyPolicy\":\"Forbid\"}}'"
    And I run "kubectl delete jobs --all"
    Then within 5 minutes cron job "report" has 1 active job
    And field ".spec.concurrencyPolicy" of cron job "report" is "Forbid"
