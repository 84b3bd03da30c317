Feature: What one wishes the other undoes, searched for
  Whatever else happens, the descheduler comes to an end.

  Background:
    Given a cluster with nodes:
      | name   | labels              |
      | node-1 | lifecycle=on-demand |
      | node-2 | lifecycle=on-demand |
      | node-3 | lifecycle=spot      |

  Scenario Outline: A descheduler goes by <constraints>
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
    When any 1 to 2 of these faults strike within 2 minutes:
      | fault             | target | for |
      | MetricsServerDown |        | 1m  |
      | SchedulerDown     |        | 10s |
      | KubeletRestart    | node-1 |     |
    And 10 minutes pass
    Then at every moment exactly 4 pods matching "app=web" were ready

    @expect-failure
    Examples: As it was
      | constraints                   |
      | DoNotSchedule, ScheduleAnyway |

    Examples: With the fix
      | constraints   |
      | DoNotSchedule |
