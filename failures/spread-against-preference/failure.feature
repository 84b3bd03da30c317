Feature: What one wishes, the other undoes
  The scheduler weighs two wishes: a spread over kinds of nodes, and nodes on demand before spot ones. The descheduler counts the spread alone and evicts; the scheduler decides as it did before.

  Background:
    Given a cluster with nodes:
      | name   | labels              |
      | node-1 | lifecycle=on-demand |
      | node-2 | lifecycle=on-demand |
      | node-3 | lifecycle=spot      |

  Scenario Outline: A descheduler goes by wishes
    Given the manifests in "as-it-was.yaml"
    And every pod is ready
    And a descheduler runs every 2 minutes with the policy:
      """
      apiVersion: descheduler/v1alpha2
      kind: DeschedulerPolicy
      profiles:
        - name: default
          pluginConfig:
            - name: RemovePodsViolatingTopologySpreadConstraint
              args: {constraints: [<constraints>]}
          plugins:
            balance: {enabled: [RemovePodsViolatingTopologySpreadConstraint]}
      """
    When 20 minutes pass
    Then at every moment exactly 4 pods matching "app=web" were ready

    @expect-failure
    Examples: As it was
      | constraints                   |
      | DoNotSchedule, ScheduleAnyway |

    Examples: With the fix
      | constraints   |
      | DoNotSchedule |
