@S24
Feature: Volumes
  A container's own files are lost with it. A volume is the Pod's, the machine's, or what the API says.

  Background:
    Given a cluster with 2 nodes

  Scenario: An emptyDir is shared by the containers of a Pod, and outlives their restarts, not the Pod
    Given the manifest:
      """
      apiVersion: v1
      kind: Pod
      metadata: {name: sidecar}
      spec:
        volumes: [{name: logs, emptyDir: {}}]
        containers:
          - {name: web, image: "nginx:1.27", volumeMounts: [{name: logs, mountPath: /var/log/nginx}]}
          - name: reader
            image: busybox:1.36
            command: [sleep, infinity]
            volumeMounts: [{name: logs, mountPath: /logs, readOnly: true}]
      """
    And every pod is ready
    When file "/var/log/nginx/access.log" becomes "GET / 200" in container "web" of pod "sidecar"
    And file "/tmp/scratch" becomes "x" in container "web" of pod "sidecar"
    Then file "/logs/access.log" in container "reader" of pod "sidecar" contains "GET / 200"
    And file "/tmp/scratch" in pod "sidecar" contains "x"
    When container "web" of pod "sidecar" crashes
    Then within 30 seconds container "web" of pod "sidecar" has restarted once
    And file "/var/log/nginx/access.log" in pod "sidecar" contains "GET / 200"
    And file "/tmp/scratch" in pod "sidecar" is missing

  Scenario: A hostPath is the machine's: the next Pod there finds it, one elsewhere does not
    Given the manifest:
      """
      apiVersion: v1
      kind: Pod
      metadata: {name: first}
      spec:
        nodeName: node-1
        volumes: [{name: data, hostPath: {path: /srv/data, type: DirectoryOrCreate}}]
        containers: [{name: web, image: "nginx:1.27", volumeMounts: [{name: data, mountPath: /data}]}]
      """
    And every pod is ready
    When file "/data/kept" becomes "on the machine" in container "web" of pod "first"
    And pod "first" is deleted
    And 1 minute passes
    Then pod "first" is gone
    When the manifest:
      """
      apiVersion: v1
      kind: Pod
      metadata: {name: here}
      spec:
        nodeName: node-1
        volumes: [{name: data, hostPath: {path: /srv/data, type: Directory}}]
        containers: [{name: web, image: "nginx:1.27", volumeMounts: [{name: data, mountPath: /data}]}]
      ---
      apiVersion: v1
      kind: Pod
      metadata: {name: elsewhere}
      spec:
        nodeName: node-2
        volumes: [{name: data, hostPath: {path: /srv/data, type: Directory}}]
        containers: [{name: web, image: "nginx:1.27", volumeMounts: [{name: data, mountPath: /data}]}]
      """
    Then within 30 seconds pod "here" is ready
    And file "/data/kept" in pod "here" contains "on the machine"
    And container "web" of pod "elsewhere" is waiting with reason "ContainerCreating"
    And an event "FailedMount" is recorded for pod "elsewhere" saying "hostPath type check failed: /srv/data is not a directory"

  Scenario: What a Pod knows of itself: its labels follow, what was asked by variables does not
    Given the manifest:
      """
      apiVersion: v1
      kind: Pod
      metadata: {name: self, labels: {tier: back}}
      spec:
        volumes:
          - name: info
            downwardAPI:
              items:
                - {path: labels, fieldRef: {fieldPath: metadata.labels}}
                - {path: cpu, resourceFieldRef: {containerName: c, resource: limits.cpu, divisor: 1m}}
        containers:
          - name: c
            image: nginx:1.27
            resources: {limits: {cpu: 500m, memory: 64Mi}}
            env: [{name: TIER, valueFrom: {fieldRef: {fieldPath: "metadata.labels['tier']"}}}]
            volumeMounts: [{name: info, mountPath: /info}]
      """
    And every pod is ready
    Then file "/info/cpu" in pod "self" contains "500"
    When I run "kubectl label pod self tier=front --overwrite"
    Then within 5 seconds file "/info/labels" in pod "self" contains "front"
    And variable "TIER" in pod "self" is "back"

  Scenario: Several sources in one directory
    Given the manifest:
      """
      apiVersion: v1
      kind: ConfigMap
      metadata: {name: conf}
      data: {level: info}
      ---
      apiVersion: v1
      kind: Secret
      metadata: {name: cred}
      stringData: {password: s3cret}
      ---
      apiVersion: v1
      kind: Pod
      metadata: {name: all}
      spec:
        volumes:
          - name: all
            projected:
              sources:
                - configMap: {name: conf, items: [{key: level, path: config/level}]}
                - secret: {name: cred}
                - serviceAccountToken: {path: token, audience: vault}
                - downwardAPI: {items: [{path: name, fieldRef: {fieldPath: metadata.name}}]}
        containers: [{name: c, image: "nginx:1.27", volumeMounts: [{name: all, mountPath: /all, readOnly: true}]}]
      """
    And every pod is ready
    Then file "/all/config/level" in pod "all" contains "info"
    And file "/all/password" in pod "all" contains "s3cret"
    And file "/all/name" in pod "all" contains "all"
    And file "/all/token" in pod "all" contains "ey"

  Scenario: A hostPath outlives a reboot of its machine, and is lost with a machine that another one takes the place of
    Given the manifest:
      """
      apiVersion: apps/v1
      kind: DaemonSet
      metadata: {name: agent}
      spec:
        selector: {matchLabels: {app: agent}}
        template:
          metadata: {labels: {app: agent}}
          spec:
            nodeSelector: {kubernetes.io/hostname: node-1}
            volumes: [{name: state, hostPath: {path: /var/lib/agent, type: DirectoryOrCreate}}]
            containers:
              - name: agent
                image: busybox:1.36
                command: [sh, -c, "if [ -f /state/id ]; then echo found; else echo new; echo $(hostname) > /state/id; fi; sleep infinity"]
                volumeMounts: [{name: state, mountPath: /state}]
      """
    And every pod is ready
    When node "node-1" reboots in 30 seconds
    And 5 minutes pass
    And every pod is ready
    And I run "kubectl logs -l app=agent"
    Then the output contains "found"
    When node "node-1" is removed for 2 minutes
    And 10 minutes pass
    And every pod is ready
    And I run "kubectl logs -l app=agent"
    Then the output contains "new"
