Feature: APIs that another server is behind
  An APIService sends a group of the API to a Service. While nobody answers there, what is in the group cannot be
  known, and no namespace can be deleted.

  Background:
    Given a cluster with 1 node
    And the manifest:
      """
      apiVersion: apiregistration.k8s.io/v1
      kind: APIService
      metadata:
        name: v1.shop.example.com
      spec:
        group: shop.example.com
        version: v1
        groupPriorityMinimum: 1000
        versionPriority: 15
        insecureSkipTLSVerify: true
        service:
          namespace: default
          name: shop
      """

  Scenario: the groups that the server has itself are listed beside it
    When 5 seconds pass
    And I run "kubectl get apiservices"
    Then the output contains "v1.apps                           Local          True"
    And the output contains "v2.autoscaling                    Local          True"
    And the output contains "v1.shop.example.com               default/shop   False"

  Scenario: a namespace stays until the server behind it is there
    When 5 seconds pass
    And I run "kubectl get apiservice v1.shop.example.com"
    Then the output contains "False (ServiceNotFound)"
    When I run "kubectl get --raw /apis/shop.example.com/v1"
    Then the command fails with "the server is currently unable to handle the request"
    When I run "kubectl create namespace team"
    And I run "kubectl delete namespace team --wait=false"
    And 30 seconds pass
    And I run "kubectl get namespace team -o jsonpath={.status.conditions[0].message}"
    Then the output contains "Discovery failed for some groups, 1 failing: unable to retrieve the complete list of server APIs: shop.example.com/v1"
    When the manifest:
      """
      apiVersion: v1
      kind: Service
      metadata:
        name: shop
      spec:
        selector:
          app: shop
        ports:
          - port: 443
      ---
      apiVersion: v1
      kind: Pod
      metadata:
        name: shop
        labels:
          app: shop
      spec:
        containers:
          - name: shop
            image: example.com/shop:1
            ports:
              - containerPort: 443
      """
    And every pod is ready
    And 5 seconds pass
    And I run "kubectl get apiservice v1.shop.example.com -o jsonpath={.status.conditions[0].message}"
    Then the output is:
      """
      all checks passed
      """
    And within 20 minutes there is no namespace "team"
