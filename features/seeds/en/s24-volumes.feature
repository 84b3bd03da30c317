@S24
Feature: S24. Volumes: what is gone with a Pod, what stays on its node, and what follows it
  Files of a container are gone with it. A volume lasts as long as what it is of: the Pod, the node, an object of the API, a disk.

  Background:
    Given a cluster with nodes:
      | name   | zone   |
      | node-1 | zone-a |
      | node-2 | zone-b |

  Rule: emptyDir

    Scenario: Two containers share a directory
      When I run "kubectl apply -f ../manifests/sample-volume.yaml"
      Then the output contains "pod/nginx created"
      And within 1 minute pod "nginx" is ready
      When I run "kubectl get pod"
      Then the output contains "nginx   2/2     Running   0"
      When I run "kubectl describe pod nginx"
      Then the output contains "/var/log/nginx from nginx-log (rw)"
      And the output contains "/var/log/nginx from nginx-log (ro)"
      And the output contains "EmptyDir (a temporary directory that shares a pod's lifetime)"
      When I run "kubectl exec nginx -c nginx -- sh -c 'echo hello > /var/log/nginx/app.log'"
      And I run "kubectl exec nginx -c fluentd -- cat /var/log/nginx/app.log"
      Then the output contains "hello"

  Rule: hostPath

    Scenario: The directory is the node's, and outlives the Pod
      Given the manifest in "../manifests/host-volume.yaml"
      And every pod is ready
      When I run "kubectl exec agent -- sh -c 'echo seen > /state/mark'"
      And I run "kubectl delete pod agent"
      Then there is no pod "agent"
      When I run "kubectl apply -f ../manifests/host-volume.yaml"
      Then within 1 minute pod "agent" is ready
      And file "/state/mark" in pod "agent" contains "seen"

  Rule: configMap, secret, downwardAPI, projected

    Background:
      Given the manifest in "../manifests/configured-pod.yaml"
      And every pod is ready

    Scenario: Each key is a file
      When I run "kubectl exec configured -- ls /etc/game"
      Then the output is:
        """
        game.properties
        level
        """
      And file "/etc/game/game.properties" in pod "configured" contains "enemies=aliens"
      And file "/etc/credentials/password" in pod "configured" contains "s3cret"
      When I run "kubectl exec configured -- sh -c 'echo x > /etc/credentials/password'"
      Then the command fails with "Read-only file system"

    Scenario: What a Pod knows of itself
      Then file "/etc/self/labels" in pod "configured" contains "tier="
      And file "/etc/self/memory" in pod "configured" contains "67108864"

    Scenario: Several sources in one directory, and a token that is renewed before it expires
      Then file "/etc/all/config/level" in pod "configured" contains "debug"
      And file "/etc/all/secrets/user" in pod "configured" contains "admin"
      And file "/etc/all/name" in pod "configured" contains "configured"
      When "cp /etc/all/token /tmp/first" is executed in pod "configured"
      Then file "/tmp/first" in pod "configured" contains "ey"
      When 10 minutes pass
      And "test \"$(cat /etc/all/token)\" = \"$(cat /tmp/first)\" || echo renewed" is executed in pod "configured"
      Then the output contains "renewed"

  Rule: PersistentVolume, PersistentVolumeClaim, StorageClass

    Scenario: A volume that somebody made, a claim that it suits, a Pod that uses the claim
      Given the manifest in "../manifests/static-volume.yaml"
      And every pod is ready
      Then claim "task-claim" is bound to volume "task-volume"
      And claim "task-claim" has a capacity of "10Gi"
      When I run "kubectl get pv task-volume"
      Then the output contains "10Gi       RWO            Retain           Bound    default/task-claim   manual"
      When "echo Hello from storage > /usr/share/nginx/html/index.html" is executed in pod "task"
      Then a request to "http://task/" answers 200
      When I run "kubectl delete pod task"
      And I run "kubectl delete pvc task-claim"
      And 10 seconds pass
      And I run "kubectl get pv task-volume"
      Then the output contains "Released"

    Scenario: A claim waits for its first consumer, and its disk is made where that is placed
      Given the manifest in "../manifests/dynamic-volume.yaml"
      When 30 seconds pass
      Then claim "data" is pending with reason "WaitForFirstConsumer"
      When I run "kubectl apply -f ../manifests/dynamic-volume-pod.yaml"
      Then within 1 minute claim "data" is bound
      And within 1 minute pod "db" is ready
      And an event "ProvisioningSucceeded" is recorded for persistent volume claim "data"
      And an event "SuccessfulAttachVolume" is recorded for pod "db"

    Scenario: The disk follows the Pod, grows, and goes with its claim
      Given the manifest in "../manifests/dynamic-volume.yaml"
      And the manifest in "../manifests/dynamic-volume-pod.yaml"
      And every pod is ready
      When "echo kept > /data/file" is executed in pod "db"
      And I run "kubectl delete pod db"
      And 30 seconds pass
      Then the volume of claim "data" is attached to no node
      When I run "kubectl apply -f ../manifests/dynamic-volume-pod.yaml"
      Then within 1 minute pod "db" is ready
      And file "/data/file" in pod "db" contains "kept"
      When I run "kubectl patch pvc data -p '{\"spec\":{\"resources\":{\"requests\":{\"storage\":\"8Gi\"}}}}'"
      Then within 1 minute claim "data" has a capacity of "8Gi"
      When I run "kubectl delete pod db"
      And I run "kubectl delete pvc data"
      And 1 minute passes
      And I run "kubectl get pv -o name"
      Then the output is:
        """
        """
