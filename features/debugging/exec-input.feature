Feature: What is piped into kubectl exec -i
  `-i` passes standard input on to the command in the container; without it the command finds none.

  Background:
    Given a cluster with 1 node
    When I run "kubectl run client --image=nginx"
    And 20 seconds pass

  Scenario: a command reads what is piped into kubectl
    When I run "echo hello | kubectl exec -i client -- cat"
    Then the output is:
      """
      hello
      """
    When I run "printf 'b\na\n' | kubectl exec -i client -- sort | head -1"
    Then the output is:
      """
      a
      """

  Scenario: files in a container are written from outside
    When I run "echo '<h1>hi</h1>' | kubectl exec -i client -- sh -c 'cat > /usr/share/nginx/html/index.html'"
    And I run "kubectl exec client -- curl -s localhost"
    Then the output is:
      """
      <h1>hi</h1>
      """

  Scenario: without -i there is nothing to read
    When I run "echo hello | kubectl exec client -- wc -c"
    Then the output is:
      """
      0
      """

  Scenario: a shell runs what it is given, and kubectl ends as it does
    When I run "echo 'exit 3' | kubectl exec -i client -- sh"
    Then the command fails with "command terminated with exit code 3"
