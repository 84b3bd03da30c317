@S21
Feature: S21. The path of a request
  kubectl looks at a line before it asks; then the API server wants to know who asks, whether he may, and whether what he brings
  is right; what is stored is for controllers, the scheduler and a kubelet to bring about. `seatrial explain "kubectl …"`
  prints that path for one line.

  Background:
    Given a cluster with 2 nodes
    And namespace "shop"
    And user "bob" of group "dev"

  Scenario: kubectl refuses what makes no sense without asking anybody
    When I run "kubectl run web"
    Then the command fails with:
      """
      required flag(s) "image" not set
      """

  Scenario: authentication by a client certificate, by a bearer token, and by nothing else
    When I run "kubectl auth whoami" as user "bob"
    Then the output contains "bob"
    When I run "kubectl create serviceaccount robot"
    And I run "kubectl auth can-i list pods --as=system:serviceaccount:shop:robot"
    Then the command fails with "no"
    When I run "kubectl get serviceaccount robot -o name"
    Then the output contains "serviceaccount/robot"
    When I run "kubectl get pods --token=guessed"
    Then the command fails with "error: You must be logged in to the server (Unauthorized)"

  Scenario: authorization: a user who may list Pods but not get Secrets
    When I run "kubectl create role reader --verb=get,list,watch --resource=pods"
    And I run "kubectl create rolebinding readers --role=reader --group=dev"
    And I run "kubectl create secret generic password --from-literal=word=tide"
    And I run "kubectl get secret password"
    Then the output contains "Opaque"
    When I run "kubectl get pods" as user "bob"
    Then the output contains "No resources found in shop namespace."
    When I run "kubectl get secret password" as user "bob"
    Then the command fails with:
      """
      Error from server (Forbidden): secrets "password" is forbidden: User "bob" cannot get resource "secrets" in API group "" in the namespace "shop"
      """

  Scenario: admission refuses what a namespace may not hold
    When I run "kubectl create quota few --hard=pods=0"
    And I run "kubectl run web --image=nginx"
    Then the command fails with "exceeded quota: few, requested: pods=1, used: pods=0, limited: pods=0"

  Scenario: validation refuses what no object may be
    When I run "kubectl create deployment Web --image=nginx"
    Then the command fails with "failed to create deployment: Deployment.apps \"Web\" is invalid"

  Scenario: what is stored comes about: controllers, scheduler, kubelet
    When I run "kubectl create deployment web --image=nginx"
    And I run "kubectl get deployment web -o name"
    Then the output is:
      """
      deployment.apps/web
      """
    And within 10 seconds an event "Scheduled" is recorded for a pod matching "app=web"
    And within 10 seconds an event "Pulled" is recorded for a pod matching "app=web"
    And within 10 seconds an event "Started" is recorded for a pod matching "app=web"
    And within 10 seconds at least 1 pod matching "app=web" is ready
