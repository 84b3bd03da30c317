Feature: Certificates for people
  Who has a key asks for a certificate, an administrator approves it, a controller signs it, and its holder is
  somebody from then on, with the rights that are bound to him.

  Background:
    Given a cluster with 1 node
    And I run "kubectl apply -f jane.yaml"

  Scenario: approved is signed, and lets its holder in
    When I run "kubectl certificate approve jane"
    Then the output contains "certificatesigningrequest.certificates.k8s.io/jane approved"
    When 2 seconds pass
    And I run "kubectl get csr jane"
    Then the output contains "Approved,Issued"
    When I run "kubectl auth whoami --user jane"
    Then the output contains "[devs system:authenticated]"
    When I run "kubectl get pods --user jane"
    Then the command fails with "pods is forbidden"
    When I run "kubectl create rolebinding readers --clusterrole=view --group=devs"
    And I run "kubectl get pods --user jane"
    Then the output contains "No resources found in default namespace."

  Scenario: denied is not signed, and not approved any more
    When I run "kubectl certificate deny jane"
    And 1 minute passes
    And I run "kubectl get csr jane"
    Then the output contains "Denied"
    When I run "kubectl certificate approve jane"
    Then the command fails with "already Denied"
    When I run "kubectl auth whoami --user jane"
    Then the command fails with "does not exist"

  Scenario: who may not approve for the signer is refused
    When I run "kubectl create clusterrole approver --verb=get,update --resource=certificatesigningrequests,certificatesigningrequests/approval"
    And I run "kubectl create clusterrolebinding approvers --clusterrole=approver --user=olga"
    And I run "kubectl certificate approve jane --as olga"
    Then the command fails with 'user not permitted to approve requests with signerName "kubernetes.io/kube-apiserver-client"'

  Scenario: one that has run out lets nobody in, until there is another
    Given I run "kubectl create rolebinding readers --clusterrole=view --group=devs"
    And the manifest in "jane-for-an-hour.yaml"
    And I run "kubectl certificate approve jane-for-an-hour"
    And 55 minutes pass
    When I run "kubectl get pods --user jane"
    Then the output contains "No resources found in default namespace."
    When 10 minutes pass
    And I run "kubectl get pods --user jane"
    Then the command fails with "error: You must be logged in to the server (Unauthorized)"
    When I run "kubectl certificate approve jane"
    And 2 seconds pass
    And I run "kubectl get pods --user jane"
    Then the output contains "No resources found in default namespace."
