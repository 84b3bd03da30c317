Feature: Programs that cannot be started, and what they are started with
  A container whose program is not there is created and never runs.

  Background:
    Given a cluster with 1 node
    And image "registry.example/model:1" behaves as:
      """
      pull: missing
      """
    And the manifest in "starting.yaml"

  Scenario: A mistyped command is not found
    When 40 seconds pass
    Then within 20 seconds container "main" of pod "typo" is waiting with reason "CrashLoopBackOff"
    And container "main" of pod "typo" was last terminated with reason "StartError"
    And an event "Failed" is recorded for pod "typo" saying "exec: \"sleeep\": executable file not found in $PATH"
    When I run "kubectl get pod typo -o jsonpath={.status.containerStatuses[0].lastState.terminated.exitCode}"
    Then the output contains "128"

  Scenario: A script of a ConfigMap may be read and not be run
    When 40 seconds pass
    And I run "kubectl get pod script"
    Then the output contains "StartError"
    And an event "Failed" is recorded for pod "script" saying "exec: \"/scripts/run.sh\": permission denied"

  Scenario: With a mode that lets it be run it is
    When I run "kubectl patch configmap scripts --type merge -p '{\"data\":{\"run.sh\":\"echo it runs anew; sleep 1000\"}}'"
    Then within 40 seconds pod "executable" is ready
    And for 1 minute pod "executable" is ready
    When I run "kubectl logs executable"
    Then the output is:
      """
      it runs anew
      """

  Scenario: A variable comes from a file that a container before it has written
    When 40 seconds pass
    And I run "kubectl logs from-file"
    Then the output contains "DB_ADDRESS=db.example.com"

  Scenario: A variable that the file does not declare keeps the container waiting
    When 40 seconds pass
    Then container "main" of pod "not-in-file" is waiting with reason "CreateContainerConfigError"
    And an event "Failed" is recorded for pod "not-in-file" saying "environment variable key \"PORT\" not found in file"

  Scenario: A part of a volume that is named by an empty variable
    When 40 seconds pass
    Then container "main" of pod "no-part" is waiting with reason "CreateContainerConfigError"
    And an event "Failed" is recorded for pod "no-part" saying "missing value for TENANT"

  Scenario: The image of a volume is pulled before the container starts, and waited for
    When 30 seconds pass
    Then container "main" of pod "no-model" is waiting with reason "ImagePullBackOff"
    And an event "Failed" is recorded for pod "no-model" saying "Failed to pull image \"registry.example/model:1\""
    When image "registry.example/model:1" behaves as:
      """
      files: {/weights.txt: forty-two}
      """
    Then within 2 minutes pod "no-model" is ready
    When "cat /model/weights.txt" is executed in pod "no-model"
    Then the output contains "forty-two"
