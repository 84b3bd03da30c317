@S3
Feature: S3. A Pod is containers that belong together
  The containers of a Pod are placed on one node, have one address and one set of ports, and may share volumes.
  Beside that each has files of its own. (They share System V IPC and POSIX shared memory as well, which is not simulated.)

  Background:
    Given a cluster with 2 nodes

  Rule: One node

    Scenario: They go together, or wait together
      Each container by itself would fit on either node; both of them fit on neither.
      When the manifest:
        """
        apiVersion: v1
        kind: Pod
        metadata: {name: couple}
        spec:
          containers:
            - {name: one, image: "nginx:1.16", resources: {requests: {cpu: 1500m}}}
            - {name: other, image: "busybox:1.36", command: [sleep, infinity], resources: {requests: {cpu: 1500m}}}
        """
      Then for 5 minutes pod "couple" is pending
      And an event "FailedScheduling" is recorded for pod "couple" saying "0/2 nodes are available: 2 Insufficient cpu"

  Rule: One network

    Background:
      Given the manifest in "../manifests/two-containers.yaml"
      And every pod is ready

    Scenario: The sidecar reaches the server on localhost
      When I run "kubectl exec nginx -c reader -- wget -q -O - http://localhost/"
      Then the output contains "Welcome to nginx!"

    Scenario: One address, one host name
      When I run "kubectl exec nginx -c nginx -- hostname"
      Then the output is:
        """
        nginx
        """
      When I run "kubectl exec nginx -c reader -- sh -c 'echo reader on $(hostname)'"
      Then the output is:
        """
        reader on nginx
        """

  Rule: One volume, as each container mounts it

    Background:
      Given the manifest in "../manifests/two-containers.yaml"
      And every pod is ready

    Scenario: The sidecar reads the server's log
      When I run "kubectl exec nginx -c reader -- wget -q -O - http://localhost/"
      And 2 seconds pass
      And I run "kubectl exec nginx -c reader -- cat /var/log/nginx/access.log"
      Then the output contains "GET / HTTP/1.1"
      When I run "kubectl logs nginx -c reader"
      Then the output contains "GET / HTTP/1.1"

    Scenario: Mounted read-only, it cannot be written
      When I run "kubectl exec nginx -c reader -- sh -c 'echo x > /var/log/nginx/access.log'"
      Then the command fails with "Read-only file system"

    Scenario: An emptyDir survives its container, and dies with its Pod
      When I run "kubectl exec nginx -c nginx -- sh -c 'echo kept > /var/log/nginx/note'"
      And I run "kubectl exec nginx -c nginx -- sh -c 'echo lost > /tmp/note'"
      Then file "/tmp/note" in pod "nginx" contains "lost"
      When container "nginx" of pod "nginx" is killed
      Then within 1 minute container "nginx" of pod "nginx" has restarted once
      And file "/var/log/nginx/note" in pod "nginx" contains "kept"
      And file "/tmp/note" in pod "nginx" is missing
      When I run "kubectl delete pod nginx"
      And I run "kubectl apply -f ../manifests/two-containers.yaml"
      And every pod is ready
      Then file "/var/log/nginx/note" in pod "nginx" is missing

  Rule: One set of ports

    Scenario: Two servers on one port: the second one cannot start
      When I run "kubectl apply -f ../manifests/same-port.yaml"
      Then within 1 minute container "second" of pod "same-port" was last terminated with reason "Error"
      And within 1 minute container "second" of pod "same-port" is waiting with reason "CrashLoopBackOff"
      When I run "kubectl logs same-port -c second --previous"
      Then the output contains "bind() to 0.0.0.0:80 failed (98: Address already in use)"
      When I run "kubectl get pod same-port -o jsonpath={.status.containerStatuses[0].ready}"
      Then the output is:
        """
        true
        """
