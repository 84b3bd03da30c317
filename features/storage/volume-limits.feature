Feature: A node takes no more disks than its driver says
  How many disks a driver can attach to a node, the driver says in the node's CSINode. The scheduler asks it; nobody
  else does.

  Background:
    Given a cluster with 2 nodes
    And the manifest in "ledger.yaml"
    And every pod is ready
    And I run:
      """
      kubectl patch csinode node-1 --type json -p '[{"op":"add","path":"/spec/drivers/0/allocatable","value":{"count":2}}]'
      kubectl patch csinode node-2 --type json -p '[{"op":"add","path":"/spec/drivers/0/allocatable","value":{"count":0}}]'
      """

  Scenario: A Pod whose disk is one too many waits for a node that takes more
    When I run "kubectl scale statefulset ledger --replicas=3"
    Then within 10 seconds an event "FailedScheduling" is recorded for pod "ledger-2" saying "0/2 nodes are available: 2 node(s) exceed max volume count"
    And for 5 minutes pod "ledger-2" is pending
    And claim "data-ledger-2" is pending with reason "WaitForPodScheduled"
    When I run:
      """
      kubectl patch csinode node-2 --type json -p '[{"op":"replace","path":"/spec/drivers/0/allocatable/count","value":1}]'
      """
    Then within 2 minutes pod "ledger-2" is on node "node-2"
    And within 1 minute pod "ledger-2" is ready

  Scenario: A disk that is on the node already is not counted twice
    When the manifest:
      """
      apiVersion: v1
      kind: Pod
      metadata: {name: reader}
      spec:
        volumes: [{name: data, persistentVolumeClaim: {claimName: data-ledger-0}}]
        containers: [{name: main, image: "nginx:1.27", volumeMounts: [{name: data, mountPath: /data}]}]
      """
    Then within 1 minute pod "reader" is ready
    And pod "reader" is on node "node-1"

  Scenario: Disks of a plugin that was built in come through its driver, and count as that driver's
    Given I run "kubectl get csinode node-1 -o yaml"
    Then the output contains "storage.alpha.kubernetes.io/migrated-plugins"
    When I run:
      """
      kubectl patch csinode node-1 --type json -p '[{"op":"add","path":"/spec/drivers/-","value":{"name":"ebs.csi.aws.com","nodeID":"node-1","allocatable":{"count":0}}}]'
      kubectl patch csinode node-2 --type json -p '[{"op":"add","path":"/spec/drivers/-","value":{"name":"ebs.csi.aws.com","nodeID":"node-2","allocatable":{"count":1}}}]'
      """
    And the manifest:
      """
      apiVersion: storage.k8s.io/v1
      kind: StorageClass
      metadata: {name: gp2}
      provisioner: kubernetes.io/aws-ebs
      volumeBindingMode: WaitForFirstConsumer
      ---
      apiVersion: v1
      kind: PersistentVolumeClaim
      metadata: {name: first}
      spec: {storageClassName: gp2, accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}
      ---
      apiVersion: v1
      kind: PersistentVolumeClaim
      metadata: {name: second}
      spec: {storageClassName: gp2, accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}
      ---
      apiVersion: v1
      kind: Pod
      metadata: {name: first}
      spec:
        volumes: [{name: data, persistentVolumeClaim: {claimName: first}}]
        containers: [{name: main, image: "nginx:1.27", volumeMounts: [{name: data, mountPath: /data}]}]
      """
    And 1 minute passes
    Then pod "first" is on node "node-2"
    When the manifest:
      """
      apiVersion: v1
      kind: Pod
      metadata: {name: second}
      spec:
        volumes: [{name: data, persistentVolumeClaim: {claimName: second}}]
        containers: [{name: main, image: "nginx:1.27", volumeMounts: [{name: data, mountPath: /data}]}]
      """
    Then within 10 seconds an event "FailedScheduling" is recorded for pod "second" saying "0/2 nodes are available: 2 node(s) exceed max volume count"
    And for 5 minutes pod "second" is pending
