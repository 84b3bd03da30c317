Feature: What a kubelet asks of the pods it is given
  The scheduler is not the last word: the kubelet looks at a pod before it runs it. A kubelet that starts anew does
  so again, whatever runs there already.

  Background:
    Given a cluster with nodes:
      | name   | labels   |
      | node-1 | disk=ssd |
      | node-2 |          |
    And the manifest:
      """
      apiVersion: apps/v1
      kind: ReplicaSet
      metadata: {name: cache}
      spec:
        replicas: 1
        selector: {matchLabels: {app: cache}}
        template:
          metadata: {labels: {app: cache}}
          spec:
            nodeSelector: {disk: ssd}
            containers: [{name: cache, image: "registry.example/cache:1"}]
      """
    And every pod is ready

  Scenario Outline: <what> makes a pod answer for labels that its node has lost
    When label "disk" of node "node-1" becomes "hdd"
    And 5 minutes pass
    Then at every moment exactly 1 pod matching "app=cache" was ready
    When <what>
    And 2 minutes pass
    Then exactly 1 pod matching "app=cache" is failed
    And exactly 1 pod matching "app=cache" is pending
    And an event "NodeAffinity" is recorded for a pod matching "app=cache" saying "didn't match Pod's node affinity/selector"
    When I run "kubectl get node node-1 -o jsonpath={.metadata.labels.disk}"
    Then the output is:
      """
      hdd
      """
    Examples:
      | what                                 |
      | the kubelet of node "node-1" restarts |
      | node "node-1" reboots in 20 seconds  |

  Scenario: what is refused does not run on
    When label "disk" of node "node-1" becomes "hdd"
    And the kubelet of node "node-1" restarts
    And 10 seconds pass
    Then exactly 0 pods matching "app=cache" are serving
    When 1 minute passes
    Then all invariants hold

  Scenario: a feature gate spares pods whose containers are there
    Given cluster setting "notEvictPodOnKubeletRestart" is "true"
    When label "disk" of node "node-1" becomes "hdd"
    And the kubelet of node "node-1" stops for 1 minute
    And 2 minutes pass
    Then at every moment exactly 1 pod matching "app=cache" was serving
    And sometimes node "node-1" was unknown
    And field ".metadata.labels.disk" of node "node-1" is "hdd"

  Scenario: the gate does not spare what a reboot has stopped
    Given cluster setting "notEvictPodOnKubeletRestart" is "true"
    When label "disk" of node "node-1" becomes "hdd"
    And node "node-1" reboots in 20 seconds
    And 2 minutes pass
    Then exactly 1 pod matching "app=cache" is failed

  Scenario: a pod bound by hand is refused where a NoExecute taint keeps it away
    When I run "kubectl taint node node-2 dedicated=batch:NoExecute"
    And the manifest:
      """
      apiVersion: v1
      kind: Pod
      metadata: {name: stray}
      spec: {nodeName: node-2, containers: [{name: stray, image: "registry.example/stray:1"}]}
      """
    And 5 seconds pass
    Then an event "TaintToleration" is recorded for pod "stray" saying "had taints that the pod didn't tolerate"
