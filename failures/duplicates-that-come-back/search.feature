Feature: Duplicates that come back, searched for
  Whatever else happens, the descheduler comes to an end with duplicates.

  Background:
    Given a cluster with 3 nodes

  Scenario Outline: A descheduler looks for duplicates, nodeFit <nodeFit>
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
    When any 1 to 2 of these faults strike within 2 minutes:
      | fault             | target | for |
      | MetricsServerDown |        | 1m  |
      | SchedulerDown     |        | 10s |
      | KubeletRestart    | node-1 |     |
    And 10 minutes pass
    Then at every moment exactly 7 pods matching "app" were ready

    @expect-failure
    Examples: As it was
      | nodeFit |
      | false   |

    Examples: With the fix
      | nodeFit |
      | true    |
