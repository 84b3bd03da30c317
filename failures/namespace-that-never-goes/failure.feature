Feature: A namespace that never goes
  A namespace is deleted, and with it the operator that was to clean up after its objects. One of them waits for that with a finalizer, for ever, and the namespace waits for it.

  Background:
    Given a cluster with 1 node

  Scenario Outline: The namespace is deleted
    Given the manifests in "as-it-was.yaml"
    And 1 minute passes
    When I run "<first>"
    And I run "kubectl delete namespace shop --wait=false"
    Then within 15 minutes there is no namespace "shop"

    @expect-failure
    Examples: As it was
      | first                          |
      | kubectl get configmaps -n shop |

    Examples: With the fix
      | first                                                                                         |
      | kubectl patch configmap ledger -n shop --type=merge -p '{\"metadata\":{\"finalizers\":null}}' |
