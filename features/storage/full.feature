Feature: Volumes that are full
  A program that writes is refused, in its own words, until there is room again; what it has written stays.

  Background:
    Given a cluster with 1 node

  Scenario: A script that goes on is refused until the disk has room
    Given the manifest in "full.yaml"
    And every pod is ready
    When 20 seconds pass
    And the volume of persistent volume claim "journal" is full for 2 minutes
    And 1 minute passes
    And I run "kubectl logs writer --tail 1"
    Then the output contains "No space left on device"
    And pod "writer" is ready
    And file "/journal/log" in pod "writer" contains "entry 1"
    When 2 minutes pass
    And I run "kubectl logs writer --tail 1"
    Then the output contains "wrote"

  Scenario: A script that ends at the first error crashes again and again, and recovers with the disk
    Given the manifest in "full.yaml"
    And every pod is ready
    When the volume of persistent volume claim "strict-journal" is full for 2 minutes
    Then within 1 minute container "strict" of pod "strict" is waiting with reason "CrashLoopBackOff"
    When I run "kubectl logs strict --previous"
    Then the output contains "No space left on device"
    And within 5 minutes pod "strict" is ready
    And for 1 minute pod "strict" is ready

  Scenario: A disk of its size takes no more than that
    Given the manifest in "full.yaml"
    And every pod is ready
    When "dd if=/dev/zero of=/journal/big bs=1M count=2000" is executed in pod "writer"
    Then the command fails with "No space left on device"
    When I run "kubectl patch pvc journal -p '{\"spec\":{\"resources\":{\"requests\":{\"storage\":\"3Gi\"}}}}'"
    Then within 1 minute claim "journal" has a capacity of "3Gi"
    When "dd if=/dev/zero of=/journal/big bs=1M count=2000" is executed in pod "writer"
    Then the output contains "2000+0 records out"
    And file "/journal/log" in pod "writer" contains "entry 1"

  Scenario: An emptyDir beyond its limit has its Pod evicted
    Given the manifest:
      """
      apiVersion: v1
      kind: Pod
      metadata: {name: scratch}
      spec:
        containers:
          - name: main
            image: busybox:1.36
            command: [sh, -c, "sleep 30; dd if=/dev/zero of=/tmp/cache/big bs=1M count=20; sleep 3600"]
            volumeMounts: [{name: cache, mountPath: /tmp/cache}]
        volumes: [{name: cache, emptyDir: {sizeLimit: 10Mi}}]
      """
    And every pod is ready
    When 1 minute passes
    Then pod "scratch" is failed
    And an event "Evicted" is recorded for pod "scratch" saying "Usage of EmptyDir volume \"cache\" exceeds the limit \"10Mi\"."

  Scenario: An emptyDir in memory takes no more than its limit, and its Pod stays
    Given the manifest:
      """
      apiVersion: v1
      kind: Pod
      metadata: {name: scratch}
      spec:
        containers:
          - name: main
            image: busybox:1.36
            command: [sh, -c, "dd if=/dev/zero of=/tmp/cache/big bs=1M count=20; sleep 3600"]
            volumeMounts: [{name: cache, mountPath: /tmp/cache}]
        volumes: [{name: cache, emptyDir: {medium: Memory, sizeLimit: 10Mi}}]
      """
    And every pod is ready
    When I run "kubectl logs scratch"
    Then the output contains "No space left on device"
    And for 5 minutes pod "scratch" is ready
