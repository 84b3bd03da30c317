@level @commands:1
Feature: Your first Pod
  A cluster with two nodes, and nothing runs on it. Give it something to do: a Pod named my-first-pod that runs nginx.
  A Pod is the smallest thing that Kubernetes runs: one container, or a few that belong together.

  Background:
    Given a cluster with 2 nodes

  @hint
  Scenario: kubectl run makes a single Pod: it takes a name and --image
    When I run "kubectl get nodes"
    Then the output contains "Ready"

  @solution
  Scenario: Run nginx in a Pod
    When I run "kubectl run my-first-pod --image=nginx"
    Then within 2 minutes pod "my-first-pod" is ready
