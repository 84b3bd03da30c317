Feature: What will happen?

  In a training report these scenarios are exercises: before each fault the page asks what will come of it, and
  the run answers. Write down what you think before you look.

  Background:
    Given a cluster with 3 nodes
    And the manifests in "shop.yaml"
    And every pod is ready
    And a client sends 2 requests per second to "http://shop/"

  @predict
  Scenario: A pod is deleted, then a node loses power
    When a pod matching "app=shop" is deleted
    And 1 minute passes
    And node "node-2" loses power
    And 8 minutes pass
    Then 3 pods matching "app=shop" are serving
    And an event "Killing" was recorded for a pod matching "app=shop"
    And node "node-2" is unknown
    And at least 80% of requests succeeded

  @predict
  Scenario: A program hangs, then crashes
    When a container of a pod matching "app=shop" hangs
    And 3 minutes pass
    And the moment "the crash"
    And a container of a pod matching "app=shop" crashes
    And 1 minute passes
    Then 3 pods matching "app=shop" are serving
    And an event "Unhealthy" was recorded for a pod matching "app=shop"
    And since "the crash" sometimes at most 2 pods matching "app=shop" were serving
