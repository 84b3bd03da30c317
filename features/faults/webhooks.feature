Feature: Admission webhooks that do not answer
  A webhook that is asked about Pods with failurePolicy Fail stops every controller that makes Pods while it is down.

  Background:
    Given a cluster with 2 nodes
    And the manifest:
      """
      apiVersion: admissionregistration.k8s.io/v1
      kind: ValidatingWebhookConfiguration
      metadata:
        name: check
      webhooks:
        - name: pods.check.example.com
          clientConfig:
            url: https://check.example.com/pods
          rules:
            - apiGroups: [""]
              apiVersions: [v1]
              operations: [CREATE]
              resources: [pods]
          failurePolicy: Fail
          sideEffects: None
          timeoutSeconds: 5
          admissionReviewVersions: [v1]
      """
    And admission webhook "pods.check.example.com" allows requests

  Scenario: while it is down no Pod is replaced, and after it all are
    Given the manifest:
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
            containers:
              - name: web
                image: nginx:1.27
      """
    And every pod is ready
    When admission webhook "pods.check.example.com" is down for 3 minutes
    And a pod matching "app=web" is deleted
    And 2 minutes pass
    Then deployment "web" has 1 of 2 replicas available
    And within 10 minutes deployment "web" has 2 of 2 replicas available

  Scenario: late is down where it is later than the time-out
    When admission webhook "pods.check.example.com" answers 6s late for 1 minute
    And I run "kubectl run web --image=nginx:1.27"
    Then the command fails with "context deadline exceeded"
    When 2 minutes pass
    And I run "kubectl run web --image=nginx:1.27"
    Then the output contains "pod/web created"
    And every pod is ready
