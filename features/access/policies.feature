Feature: Validating and mutating admission policies
  A policy says in expressions what the API server is to refuse, or to change; a binding says where it counts, and whether to
  deny or to warn.

  Background:
    Given a cluster with 1 node
    And the manifest:
      """
      apiVersion: admissionregistration.k8s.io/v1
      kind: ValidatingAdmissionPolicy
      metadata:
        name: few-replicas
      spec:
        matchConstraints:
          resourceRules:
            - apiGroups: [apps]
              apiVersions: [v1]
              operations: [CREATE, UPDATE]
              resources: [deployments]
        validations:
          - expression: object.spec.replicas <= 5
            messageExpression: "'at most 5 replicas, not ' + string(object.spec.replicas)"
      """

  Scenario: denied
    Given the manifest:
      """
      apiVersion: admissionregistration.k8s.io/v1
      kind: ValidatingAdmissionPolicyBinding
      metadata:
        name: everywhere
      spec:
        policyName: few-replicas
        validationActions: [Deny]
      """
    When I run "kubectl create deployment web --image=nginx:1.27 --replicas=6"
    Then the command fails with "ValidatingAdmissionPolicy 'few-replicas' with binding 'everywhere' denied request: at most 5 replicas, not 6"
    When I run "kubectl create deployment web --image=nginx:1.27 --replicas=2"
    Then the output contains "deployment.apps/web created"
    # The rule is about deployments, and not about deployments/scale.
    When I run "kubectl scale deployment web --replicas=7"
    Then the output contains "deployment.apps/web scaled"
    And every pod is ready

  Scenario: warned of
    Given the manifest:
      """
      apiVersion: admissionregistration.k8s.io/v1
      kind: ValidatingAdmissionPolicyBinding
      metadata:
        name: everywhere
      spec:
        policyName: few-replicas
        validationActions: [Warn]
      """
    When I run "kubectl create deployment web --image=nginx:1.27 --replicas=6"
    Then the output contains "Warning: Validation failed for ValidatingAdmissionPolicy 'few-replicas' with binding 'everywhere': at most 5 replicas, not 6"
    And every pod is ready

  Scenario: a policy that cannot be read is refused
    Then the manifest is refused with "undeclared reference to 'objekt' (in container '')":
      """
      apiVersion: admissionregistration.k8s.io/v1
      kind: ValidatingAdmissionPolicy
      metadata:
        name: wrong
      spec:
        matchConstraints:
          resourceRules:
            - apiGroups: [apps]
              apiVersions: [v1]
              operations: [CREATE]
              resources: [deployments]
        validations:
          - expression: objekt.spec.replicas <= 5
      """

  Scenario: what is written is changed
    Given the manifests in "default-owner.yaml"
    When I run "kubectl create deployment web --image=nginx:1.27"
    And I run "kubectl get deployment web -o jsonpath={.metadata.labels.owner}"
    Then the output is:
      """
      nobody
      """
    And every pod is ready
