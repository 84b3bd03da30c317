@S16
Feature: S16. Configuration beside the image
  A ConfigMap and a Secret hold what differs between environments. A Pod reads it as variables, once, when a container
  begins; or as files, which follow a change after a while.

  Background:
    Given a cluster with 2 nodes
    And I run "kubectl apply -f ../manifests/app-config.yaml"
    And every pod is ready

  Scenario: A single key, all keys, files
    When I run "kubectl exec app -- sh -c 'echo $LEVEL $ALL_LOG_LEVEL'"
    Then the output is:
      """
      info info
      """
    When I run "kubectl exec app -- ls /etc/app"
    Then the output contains "LOG_LEVEL"
    When I run "kubectl exec app -- cat /etc/app/greeting.txt"
    Then the output contains "hello from the first version"

  Scenario: A Secret is base64 in its manifest, and plain inside
    base64 hides nothing: it lets any bytes stand in YAML. What keeps a Secret is who may read it. On the
    node it is held in memory (tmpfs), and never written to a disk.
    When I run "kubectl get secret app-secret -o jsonpath={.data.PASSWORD}"
    Then the output is:
      """
      cGFzc3cwcmQ=
      """
    When I run "kubectl exec app -- cat /etc/secret/PASSWORD"
    Then the output is:
      """
      passw0rd
      """
    When I run "kubectl exec app -- sh -c 'echo the word is $PASSWORD'"
    Then the output is:
      """
      the word is passw0rd
      """
    When I run "kubectl exec app -- grep /etc/secret /proc/mounts"
    Then the output contains "tmpfs /etc/secret tmpfs ro"
    When I run "kubectl describe secret app-secret"
    Then the output contains "PASSWORD:  8 bytes"

  Scenario: An update reaches the volume after a while, and never a variable or a single file
    When I run:
      """
      kubectl patch configmap app-config --type=merge -p '{"data":{"LOG_LEVEL":"debug","greeting.txt":"hello from the second version\n"}}'
      """
    Then file "/etc/app/greeting.txt" in pod "app" contains "first version"
    And within 2 minutes file "/etc/app/greeting.txt" in pod "app" contains "second version"
    When 10 minutes pass
    Then variable "LEVEL" in pod "app" is "info"
    And file "/etc/one/greeting.txt" in pod "app" contains "first version"
    When I run "kubectl delete pod app"
    Then pod "app" is gone
    When I run "kubectl get configmap app-config -o jsonpath={.data.LOG_LEVEL}"
    Then the output is:
      """
      debug
      """

  Scenario: A key that is not there keeps the container from being made
    When I run "kubectl apply -f ../manifests/missing-key.yaml"
    Then within 1 minute container "app" of pod "impatient" is waiting with reason "CreateContainerConfigError"
    When I run:
      """
      kubectl patch configmap app-config --type=merge -p '{"data":{"COLOUR":"blue"}}'
      """
    Then within 1 minute pod "impatient" is ready
    When I run "kubectl logs impatient"
    Then the output is:
      """
      blue
      """

  Scenario: What is immutable cannot be changed, only deleted and made again
    Given I run "kubectl apply -f ../manifests/immutable-config.yaml"
    When I run:
      """
      kubectl patch configmap fixed --type=merge -p '{"data":{"COLOUR":"red"}}'
      """
    Then the command fails with "field is immutable when `immutable` is set"
