Feature: When a claim must hold
  A claim may say when: now, within a time, for a time from now, or at every moment of the scenario since its first When.
  Time is looked at change by change, so a moment that is over in a millisecond counts.

  Background:
    Given a cluster with 3 nodes
    And the manifest:
      """
      apiVersion: apps/v1
      kind: Deployment
      metadata:
        name: web
      spec:
        replicas: 2
        selector:
          matchLabels:
            app: web
        template:
          metadata:
            labels:
              app: web
          spec:
            containers:
              - name: web
                image: nginx:1.27
                ports:
                  - containerPort: 80
      """
    And every pod is ready

  Scenario: Nothing happens, and every claim agrees
    When 1 minute passes
    Then deployment "web" has 2 of 2 replicas available
    And at every moment at least 2 pods matching "app=web" were available
    And at no moment at least 3 pods matching "app=web" were running
    And for 1 hour exactly 2 pods matching "app=web" are ready

  Scenario: A deleted pod is missed, and replaced
    When a pod matching "app=web" is deleted
    And 1 second passes
    Then within 30 seconds deployment "web" has 2 of 2 replicas available
    And at every moment at least 1 pod matching "app=web" was serving
    And sometimes exactly 1 pod matching "app=web" was available

  @expect-failure
  Scenario: What was missing for a moment is not forgotten
    When a pod matching "app=web" is deleted
    And 1 minute passes
    Then at every moment at least 2 pods matching "app=web" were available

  Scenario: A mark in time
    When a pod matching "app=web" is deleted
    And every pod is ready
    And the moment "whole again"
    And 10 minutes pass
    Then sometimes exactly 1 pod matching "app=web" was available
    And since "whole again" at every moment at least 2 pods matching "app=web" were available
    And since "whole again" deployment "web" had 2 of 2 replicas ready
