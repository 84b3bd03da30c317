Feature: Pod security
  A namespace says by its labels what its Pods may not: enforce refuses them, warn tells whoever makes them or a workload of
  them. A workload is made all the same; its Pods are not.

  Background:
    Given a cluster with 1 node
    And the manifest:
      """
      apiVersion: v1
      kind: Namespace
      metadata:
        name: shop
        labels:
          pod-security.kubernetes.io/enforce: baseline
          pod-security.kubernetes.io/warn: restricted
      """
    And namespace "shop"

  Scenario: a Pod that may not be
    When I run:
      """
      kubectl run spy --image=nginx:1.27 --overrides='{"spec":{"hostPID":true}}'
      """
    Then the command fails with "pods \"spy\" is forbidden: violates PodSecurity \"baseline:latest\": host namespaces (hostPID=true)"

  Scenario: a Pod that may be, with a warning
    When I run "kubectl run web --image=nginx:1.27"
    Then the output contains:
      """
      Warning: would violate PodSecurity "restricted:latest": allowPrivilegeEscalation != false (container "web" must set securityContext.allowPrivilegeEscalation=false), unrestricted capabilities (container "web" must set securityContext.capabilities.drop=["ALL"]), runAsNonRoot != true (pod or container "web" must set securityContext.runAsNonRoot=true), seccompProfile (pod or container "web" must set securityContext.seccompProfile.type to "RuntimeDefault" or "Localhost")
      """
    And the output contains "pod/web created"
    And every pod is ready

  Scenario: a Deployment is made, and its Pods are not
    When the manifest:
      """
      apiVersion: apps/v1
      kind: Deployment
      metadata:
        name: agent
      spec:
        selector:
          matchLabels:
            app: agent
        template:
          metadata:
            labels:
              app: agent
          spec:
            hostNetwork: true
            containers:
              - name: agent
                image: nginx:1.27
      """
    And 1 minute passes
    Then deployment "agent" has 0 of 1 replicas available
    When I run "kubectl get events"
    Then the output contains "violates PodSecurity"

  Scenario: a namespace that asks for more than its Pods keep
    Given the manifest:
      """
      apiVersion: v1
      kind: Pod
      metadata:
        name: web
      spec:
        containers:
          - name: web
            image: nginx:1.27
      """
    When I run "kubectl label namespace shop pod-security.kubernetes.io/enforce=restricted --overwrite"
    Then the output contains:
      """
      Warning: existing pods in namespace "shop" violate the new PodSecurity enforce level "restricted:latest"
      Warning: web: allowPrivilegeEscalation != false, unrestricted capabilities, runAsNonRoot != true, seccompProfile
      """
    And the output contains "namespace/shop labeled"
