Feature: Jobs that pile up
  A CronJob starts every minute, and one run comes to take longer than that. The next one starts all the same, and the next: they slow each other down until nothing else finds room.

  Background:
    Given a cluster with 2 nodes

  Scenario Outline: Every run takes longer than a minute
    Given the manifests in "<manifests>"
    When 15 minutes pass
    Then cron job "report" has 1 active job
    And cron job "report" has started at least 1 jobs
    And at most 1 pod matching "app=report" is pending

    @expect-failure
    Examples: As it was
      | manifests      |
      | as-it-was.yaml |

    Examples: With the fix
      | manifests  |
      | fixed.yaml |
