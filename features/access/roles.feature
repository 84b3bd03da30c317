Feature: Who may do what
  A user has no rights but those of everybody until a role is bound to him.

  Background:
    Given a cluster with 1 node
    And namespace "shop"
    And user "bob" of group "dev"
    And user "ann"

  @S21
  Scenario: a user who may list Pods but not get Secrets
    When I run "kubectl create role reader --verb=get,list,watch --resource=pods -n shop"
    And I run "kubectl create rolebinding readers --role=reader --group=dev -n shop"
    And I run "kubectl create secret generic password --from-literal=word=tide -n shop"
    And I run "kubectl get secret password -n shop"
    Then the output contains "Opaque"
    When I run "kubectl get pods -n shop" as user "bob"
    Then the output contains "No resources found in shop namespace."
    When I run "kubectl get secret password -n shop" as user "bob"
    Then the command fails with:
      """
      Error from server (Forbidden): secrets "password" is forbidden: User "bob" cannot get resource "secrets" in API group "" in the namespace "shop"
      """

  Scenario: nobody is let in without a credential that counts
    When I run "kubectl get pods --token=guessed"
    Then the command fails with "error: You must be logged in to the server (Unauthorized)"

  Scenario: what one may do is asked
    When I run "kubectl create clusterrolebinding ann-views --clusterrole=view --user=ann"
    And I run "kubectl auth can-i list deployments.apps --as=ann"
    Then the output is:
      """
      yes
      """
    When I run "kubectl auth can-i get secrets" as user "ann"
    Then the command fails with "no"
    When I run "kubectl auth whoami" as user "bob"
    Then the output is:
      """
      ATTRIBUTE   VALUE
      Username    bob
      Groups      [dev system:authenticated]
      """

  Scenario: nobody hands out more than he has
    When I run "kubectl create rolebinding ann-edits --clusterrole=admin --user=ann -n shop"
    And I run "kubectl create role pods --verb=list --resource=pods -n shop" as user "ann"
    Then the output contains "role.rbac.authorization.k8s.io/pods created"
    When I run "kubectl create role nodes --verb=list --resource=resourcequotas --verb=delete -n shop" as user "ann"
    Then the command fails with "is attempting to grant RBAC permissions not currently held"

  Scenario: an account has the rights that are bound to it
    When I run "kubectl create serviceaccount robot -n shop"
    And I run "kubectl create rolebinding robots --clusterrole=view --serviceaccount=shop:robot -n shop"
    And I run "kubectl auth can-i list pods -n shop --as=system:serviceaccount:shop:robot"
    Then the output contains "yes"
    When I run "kubectl get serviceaccount robot -n shop -o name"
    Then the output contains "serviceaccount/robot"

  Scenario: the default account of a namespace comes back
    When 5 seconds pass
    And I run "kubectl delete serviceaccount default -n shop"
    Then there is no service account "shop/default"
    When 5 seconds pass
    And I run "kubectl get serviceaccounts -n shop -o name"
    Then the output is:
      """
      serviceaccount/default
      """

  Scenario: a kubelet reads what its own Pods refer to, and nothing else
    When I run "kubectl create secret generic password --from-literal=word=tide -n shop"
    And I run "kubectl get secret password -n shop --as=system:node:node-1 --as-group=system:nodes"
    Then the command fails with "no relationship found between node 'node-1' and this object"
    When the manifest:
      """
      apiVersion: v1
      kind: Pod
      metadata: {name: reader, namespace: shop}
      spec:
        nodeName: node-1
        containers: [{name: main, image: nginx, envFrom: [{secretRef: {name: password}}]}]
      """
    And I run "kubectl get secret password -n shop -o name --as=system:node:node-1 --as-group=system:nodes"
    Then the output contains "secret/password"
    And every pod is ready
