Feature: Scripts in containers
  What a container's command says is run by a shell: it takes its time, writes to the log, waits for others and hears signals.

  Background:
    Given a cluster with 1 node

  Scenario: a counter writes a line a second
    Given the manifest:
      """
      apiVersion: v1
      kind: Pod
      metadata: {name: counter}
      spec:
        containers:
          - name: count
            image: busybox:1.28
            command: [sh, -c, 'i=0; while true; do echo "$i: $(date +%T)"; i=$((i + 1)); sleep 1; done']
      """
    And every pod is ready
    When 30 seconds pass
    And I run "kubectl logs counter"
    Then the output contains "20: 09:00:"

  Scenario: an init container waits for a service to have a name
    Given the manifest:
      """
      apiVersion: v1
      kind: Pod
      metadata: {name: app}
      spec:
        initContainers:
          - name: wait
            image: busybox:1.28
            command: [sh, -c, 'until nslookup db; do echo waiting for db; sleep 2; done']
        containers: [{name: app, image: nginx}]
      """
    When 1 minute passes
    Then pod "app" is pending
    When I run "kubectl logs app -c wait"
    Then the output contains "waiting for db"
    When the manifest:
      """
      apiVersion: v1
      kind: Service
      metadata: {name: db}
      spec: {ports: [{port: 5432}]}
      """
    Then within 10 seconds pod "app" is ready

  Scenario: containers of a pod talk by a file that one writes and one follows
    Given the manifest:
      """
      apiVersion: v1
      kind: Pod
      metadata: {name: pair}
      spec:
        volumes: [{name: logs, emptyDir: {}}]
        containers:
          - name: writer
            image: busybox:1.28
            args: [sh, -c, 'for i in 1 2 3; do echo "entry $i" | tee -a /var/log/app.log; sleep 5; done; sleep infinity']
            volumeMounts: [{name: logs, mountPath: /var/log}]
          - name: reader
            image: busybox:1.28
            args: [sh, -c, 'tail -n+1 -F /var/log/app.log | grep --line-buffered -v "entry 2"']
            volumeMounts: [{name: logs, mountPath: /var/log}]
      """
    When 1 minute passes
    And I run "kubectl logs pair -c reader"
    Then the output is:
      """
      entry 1
      entry 3
      """

  Scenario: a trap lets a script end in order
    Given the manifest:
      """
      apiVersion: v1
      kind: Pod
      metadata: {name: tidy}
      spec:
        containers:
          - name: tidy
            image: busybox:1.28
            command: [sh, -c, 'trap "exit 0" TERM; sleep 3600 & wait']
      ---
      apiVersion: v1
      kind: Pod
      metadata: {name: deaf}
      spec:
        containers: [{name: deaf, image: 'busybox:1.28', command: [sh, -c, 'trap "exit 0" TERM; sleep 3600']}]
      """
    When 10 seconds pass
    Then pod "tidy" is ready
    When I run "kubectl delete pod tidy deaf --wait=false"
    And 5 seconds pass
    And I run "kubectl get pods -o name"
    Then the output is:
      """
      pod/deaf
      """
    When 30 seconds pass
    Then every pod is ready

  Scenario: kubectl exec runs a pipeline in a container
    Given the manifest:
      """
      apiVersion: v1
      kind: Pod
      metadata: {name: box}
      spec:
        containers: [{name: box, image: 'busybox:1.28', command: [sleep, infinity]}]
      """
    And every pod is ready
    When I run "kubectl exec box -- sh -c 'grep root /etc/passwd | cut -d: -f1,7'"
    Then the output contains "root:/bin/sh"
    When I run "kubectl exec box ls"
    Then the command fails with "exec [POD] [COMMAND] is not supported anymore. Use exec [POD] -- [COMMAND] instead"
