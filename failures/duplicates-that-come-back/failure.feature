Feature: Duplicates that come back
  A descheduler counts a node among those that Pods may go to although it has no room for them: a Pod too many on each of the others, it finds, and evicts it. The scheduler puts them back, and so it goes on.

  Background:
    Given a cluster with 3 nodes

  Scenario Outline: A descheduler looks for duplicates
    Given the manifests in "as-it-was.yaml"
    And a descheduler runs every 2 minutes with the policy:
      """
      apiVersion: descheduler/v1alpha2
      kind: DeschedulerPolicy
      profiles:
        - name: default
          pluginConfig:
            - name: DefaultEvictor
              args: {nodeFit: <nodeFit>}
          plugins:
            balance: {enabled: [RemoveDuplicates]}
      """
    And every pod is ready
    When 20 minutes pass
    Then at every moment exactly 7 pods matching "app" were ready

    @expect-failure
    Examples: As it was
      | nodeFit |
      | false   |

    Examples: With the fix
      | nodeFit |
      | true    |
