@level @commands:1
Feature: Nobody answers for it
  A policy engine must be asked before a Pod is made, and it is down: a Pod that is missing cannot come back. Until it is mended, Pods may be made without it; the engine will be asked again when it is back.

  Background:
    Given a cluster with 2 nodes
    And the manifest:
      """
      apiVersion: apps/v1
      kind: StatefulSet
      metadata:
        name: web
      spec:
        replicas: 2
        selector:
          matchLabels:
            app: web
        serviceName: web
        template:
          metadata:
            labels:
              app: web
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
      apiVersion: admissionregistration.k8s.io/v1
      kind: ValidatingWebhookConfiguration
      metadata:
        name: policy
      webhooks:
        - name: policy.example.com
          clientConfig:
            url: https://policy.example.com/pods
          rules:
            - apiGroups: [""]
              apiVersions: ["v1"]
              operations: ["CREATE"]
              resources: ["pods"]
          failurePolicy: Fail
          sideEffects: None
          timeoutSeconds: 5
          admissionReviewVersions: ["v1"]
      """
    And every pod is ready
    And admission webhook "policy.example.com" is down for 2 hours
    And pod "web-1" is deleted
    And 1 minute passes

  @hint
  Scenario: The set is told why it may not make the Pod
    When I run "kubectl describe statefulset web"
    Then the output contains "failed calling webhook"

  @hint
  Scenario: failurePolicy: Ignore lets through what nobody answers for
    When I run "kubectl get validatingwebhookconfiguration policy -o yaml"
    Then the output contains "failurePolicy: Fail"

  @solution
  Scenario: Go on without an answer
    When I run "kubectl patch validatingwebhookconfiguration policy --type=json -p '[{\"op\":\"replace\",\"path\":\"/webhooks/0/failurePolicy\",\"value\":\"Ignore\"}]'"
    Then within 30 minutes stateful set "web" has 2 of 2 replicas ready
    And there is a validating webhook configuration "policy"
