Feature: Policies that ask what somebody may
  An expression of a policy asks the authorizer, as the API server itself does.

  Scenario: only who may approve things may mark something as approved
    Given a cluster with 1 node
    And the manifest:
      """
      apiVersion: admissionregistration.k8s.io/v1
      kind: ValidatingAdmissionPolicy
      metadata:
        name: approvals
      spec:
        matchConstraints:
          resourceRules:
            - apiGroups: [""]
              apiVersions: ["v1"]
              operations: ["CREATE", "UPDATE"]
              resources: ["configmaps"]
        validations:
          - expression: >-
              !has(object.metadata.labels) || !('approved' in object.metadata.labels) ||
              authorizer.group('shop.example.com').resource('things').namespace(object.metadata.namespace)
              .check('approve').allowed()
            message: only approvers approve
      ---
      apiVersion: admissionregistration.k8s.io/v1
      kind: ValidatingAdmissionPolicyBinding
      metadata:
        name: approvals
      spec:
        policyName: approvals
        validationActions: ["Deny"]
      """
    When I run "kubectl create rolebinding writers --clusterrole=edit --user=olga"
    And I run "kubectl create configmap bread --as olga"
    Then the output contains "configmap/bread created"
    When I run "kubectl label configmap bread approved=yes --as olga"
    Then the command fails with "only approvers approve"
    When the manifest:
      """
      apiVersion: rbac.authorization.k8s.io/v1
      kind: Role
      metadata:
        name: approver
      rules:
        - apiGroups: ["shop.example.com"]
          resources: ["things"]
          verbs: ["approve"]
      """
    And I run "kubectl create rolebinding approvers --role=approver --user=olga"
    And I run "kubectl label configmap bread approved=yes --as olga"
    Then the output contains "configmap/bread labeled"

  Scenario: who comes as a node writes what is the node's
    Given a cluster with 1 node
    When I run "kubectl label node node-1 node-role.kubernetes.io/vault=yes --as system:node:node-1 --as-group system:nodes"
    Then the command fails with "is not allowed to modify labels: node-role.kubernetes.io/vault"
    When I run "kubectl taint node node-1 mine=yes:NoSchedule --as system:node:node-1 --as-group system:nodes"
    Then the command fails with 'node "node-1" is not allowed to modify taints'

  Scenario: a Pod of a class has its overhead
    Given a cluster with 1 node
    And the manifest:
      """
      apiVersion: node.k8s.io/v1
      kind: RuntimeClass
      metadata:
        name: boxed
      handler: boxed
      overhead:
        podFixed:
          cpu: 250m
      ---
      apiVersion: v1
      kind: Pod
      metadata:
        name: web
      spec:
        runtimeClassName: boxed
        containers:
          - name: web
            image: nginx:1.27
      """
    When I run "kubectl get pod web -o jsonpath={.spec.overhead.cpu}"
    Then the output is:
      """
      250m
      """
    When I run "kubectl delete runtimeclass boxed"
    Then the manifest is refused with 'RuntimeClass "boxed" not found':
      """
      apiVersion: v1
      kind: Pod
      metadata:
        name: late
      spec:
        runtimeClassName: boxed
        containers:
          - name: web
            image: nginx:1.27
      """
