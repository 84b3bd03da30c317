Feature: Programs in Pods that ask the API
  A Pod finds its account's token in a volume that admission gives it, and may what is bound to the account.

  Background:
    Given a cluster with 1 node
    And the manifests in "robot.yaml"
    And every pod is ready

  Scenario: without a binding it is refused, with one it is not
    When 15 seconds pass
    And I run "kubectl logs robot --tail=1"
    Then the output contains "403"
    When I run "kubectl create rolebinding robots --clusterrole=view --serviceaccount=default:robot"
    And 15 seconds pass
    And I run "kubectl logs robot --tail=1"
    Then the output contains "200"

  Scenario: when its account is made anew, the token that it holds lets nobody in
    When I run "kubectl create rolebinding robots --clusterrole=view --serviceaccount=default:robot"
    And 30 seconds pass
    And I run "kubectl logs robot --tail=1"
    Then the output contains "200"
    When service account "robot" is missing for 5 seconds
    And 30 seconds pass
    And I run "kubectl logs robot --tail=1"
    Then the output contains "401"

  Scenario: the volume and its files are there to be seen
    When I run "kubectl describe pod robot"
    Then the output contains "/var/run/secrets/kubernetes.io/serviceaccount from kube-api-access-"
    And the output contains "TokenExpirationSeconds:  3607"
    When I run "kubectl exec robot -- ls /var/run/secrets/kubernetes.io/serviceaccount"
    Then the output is:
      """
      ca.crt
      namespace
      token
      """

  Scenario: a Pod that wants no token has none
    When the manifest:
      """
      apiVersion: v1
      kind: Pod
      metadata:
        name: quiet
      spec:
        serviceAccountName: robot
        automountServiceAccountToken: false
        containers:
          - name: main
            image: curlimages/curl
            command: ["sleep", "1d"]
      """
    And 10 seconds pass
    And I run "kubectl exec quiet -- curl -sk https://kubernetes.default.svc/api/v1/namespaces/default/pods"
    Then the output contains "system:anonymous"

  Scenario: a token that nobody renews runs out
    Given I run "kubectl create rolebinding robots --clusterrole=view --serviceaccount=default:robot"
    And the manifest in "robot-with-short-token.yaml"
    And every pod is ready
    When 20 minutes pass
    And I run "kubectl logs hasty --tail=1"
    Then the output contains "200"
    When the kubelet of node "node-1" stops for 15 minutes
    And 16 minutes pass
    And I run "kubectl logs hasty"
    Then the output contains "401"
    When 2 minutes pass
    And I run "kubectl logs hasty --tail=1"
    Then the output is:
      """
      200
      """
