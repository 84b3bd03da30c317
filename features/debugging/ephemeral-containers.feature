Feature: Debug containers
  A container that is put into a Pod which runs, to look at it from within: it is started once, and has no say
  in whether the Pod is ready.

  Background:
    Given a cluster with 2 nodes
    And the manifest:
      """yaml
      apiVersion: v1
      kind: Pod
      metadata: {name: web, labels: {app: web}}
      spec:
        containers:
          - name: nginx
            image: nginx:1.27
            ports: [{containerPort: 80}]
            readinessProbe: {httpGet: {path: /, port: 80}}
      """
    And every pod is ready

  Scenario: it shares the Pod's network, and sees the processes and files of the container it looks at
    When I run "kubectl debug web --image=busybox -c debugger --target=nginx -- sleep 1d"
    Then within 30 seconds container "debugger" of pod "web" is running
    When I run "kubectl exec web -c debugger -- ps"
    Then the output is:
      """
      PID   USER     TIME  COMMAND
          1 root      0:00 nginx
          7 root      0:00 sleep 1d
         36 root      0:00 ps
      """
    When I run "kubectl exec web -c debugger -- wget -qO- http://localhost/"
    Then the output contains "Welcome to nginx!"
    When I run "kubectl exec web -c debugger -- ls /proc/1/root/usr/share/nginx/html"
    Then the output contains "index.html"

  Scenario: without a target it sees its own processes only
    When I run "kubectl debug web --image=busybox -c debugger -- sleep 1d"
    Then within 30 seconds container "debugger" of pod "web" is running
    When I run "kubectl exec web -c debugger -- ps"
    Then the output is:
      """
      PID   USER     TIME  COMMAND
          1 root      0:00 sleep 1d
         30 root      0:00 ps
      """

  Scenario: it ends once, and the Pod stays as it is
    When I run "kubectl debug web --image=busybox -c debugger -- sh -c 'echo seen; exit 3'"
    And 5 minutes pass
    Then container "debugger" of pod "web" has restarted 0 times
    And container "debugger" of pod "web" was last terminated with reason "Error"
    And at every moment pod "web" was ready
    When I run "kubectl logs web -c debugger"
    Then the output is:
      """
      seen
      """
    When I run "kubectl describe pod web"
    Then the output contains "Ephemeral Containers:"

  Scenario: one who attaches sees what it prints from then on
    When I run "kubectl debug -it web --image=busybox -c debugger -- sh -c 'echo before; sleep 10; echo after'"
    Then the output is:
      """
      after
      Session ended, the ephemeral container will not be restarted but may be reattached using 'kubectl attach web -c debugger -n default -i -t' if it is still running
      """

  Scenario: an image that cannot be had leaves the Pod serving
    Given image "example.com/tools:nightly" behaves as:
      """yaml
      pull: missing
      """
    When I run "kubectl debug web --image=example.com/tools:nightly -c debugger"
    Then within 1 minute container "debugger" of pod "web" is waiting with reason "ImagePullBackOff"
    And pod "web" is ready

  Scenario: it can be added, and not taken away or be relied upon
    When I run "kubectl debug web --image=busybox -c debugger"
    And I run:
      """
      kubectl patch pod web --subresource=ephemeralcontainers --type=json -p '[{"op": "remove", "path": "/spec/ephemeralContainers/0"}]'
      """
    Then the command fails with 'existing ephemeral containers "debugger" may not be removed'
    When I run:
      """
      kubectl patch pod web --subresource=ephemeralcontainers -p '{"spec": {"ephemeralContainers": [{"name": "more", "image": "busybox", "ports": [{"containerPort": 80}]}]}}'
      """
    Then the command fails with "cannot be set for an Ephemeral Container"

  Scenario: a copy of the Pod is looked at in its place
    When I run "kubectl debug web --image=busybox --copy-to=web-debug -c debugger -- sleep 1d"
    Then within 1 minute pod "web-debug" is ready
    And 1 pod matching "app=web" is ready
    When I run "kubectl exec web-debug -c debugger -- ps"
    Then the output contains "nginx"

  Scenario: a node is looked at from a Pod in its namespaces
    When I run "kubectl debug node/node-1 --image=busybox -- sleep 1d"
    Then the output contains "with container debugger on node node-1."
    And within 1 minute 1 pod matching "app.kubernetes.io/managed-by=kubectl-debug" is running
    When "cat /host/etc/os-release" is executed in a pod matching "app.kubernetes.io/managed-by=kubectl-debug"
    Then the output contains "NAME="
    When "ps" is executed in a pod matching "app.kubernetes.io/managed-by=kubectl-debug"
    Then the output contains "/usr/bin/kubelet"
