Feature: Custom resources are shaped as their authors like
  What Kubernetes' own workloads call selector and template may be a text, a list or anything else in a custom
  resource. Its Pods are known by the path that its definition names, and by nothing else.

  Scenario: an autoscaler asks for the selector where the definition says
    Given a cluster with 2 nodes
    And the manifest:
      """
      apiVersion: apiextensions.k8s.io/v1
      kind: CustomResourceDefinition
      metadata: {name: fleets.game.example.com}
      spec:
        group: game.example.com
        scope: Namespaced
        names: {plural: fleets, kind: Fleet}
        versions:
          - name: v1
            served: true
            storage: true
            subresources:
              status: {}
              scale: {specReplicasPath: .spec.replicas, statusReplicasPath: .status.replicas, labelSelectorPath: .status.selector}
            schema: {openAPIV3Schema: {type: object, x-kubernetes-preserve-unknown-fields: true}}
      ---
      apiVersion: game.example.com/v1
      kind: Fleet
      metadata: {name: ships}
      spec: {replicas: 2, selector: "app=ship", template: small}
      ---
      apiVersion: autoscaling/v2
      kind: HorizontalPodAutoscaler
      metadata: {name: ships}
      spec:
        minReplicas: 2
        maxReplicas: 4
        scaleTargetRef: {apiVersion: game.example.com/v1, kind: Fleet, name: ships}
        metrics: [{type: Resource, resource: {name: cpu, target: {type: Utilization, averageUtilization: 50}}}]
      """
    When 1 minute passes
    Then HorizontalPodAutoscaler "ships" has condition "ScalingActive" "False" with reason "InvalidSelector"
    When I run:
      """
      kubectl patch fleet ships --subresource=status --type=merge -p '{"status":{"replicas":2,"selector":"app=ship"}}'
      kubectl get fleet ships --subresource=scale -o jsonpath={.status}
      """
    Then the output contains:
      """
      {"replicas":2,"selector":"app=ship"}
      """
    When 1 minute passes
    Then HorizontalPodAutoscaler "ships" has condition "ScalingActive" "False" with reason "FailedGetResourceMetric"
