Feature: What Pods are configured by changes, or is gone
  Who runs keeps what it was told; who begins needs it to be there.

  Background:
    Given a cluster with 2 nodes
    And the manifest:
      """
      apiVersion: v1
      kind: ConfigMap
      metadata: {name: conf}
      data: {level: info}
      ---
      apiVersion: v1
      kind: Secret
      metadata: {name: cred}
      stringData: {password: old}
      ---
      apiVersion: apps/v1
      kind: Deployment
      metadata: {name: web}
      spec:
        replicas: 2
        selector: {matchLabels: {app: web}}
        template:
          metadata: {labels: {app: web}}
          spec:
            volumes: [{name: conf, configMap: {name: conf}}]
            containers:
              - name: web
                image: nginx:1.27
                ports: [{containerPort: 80}]
                env: [{name: PASSWORD, valueFrom: {secretKeyRef: {name: cred, key: password}}}]
                volumeMounts: [{name: conf, mountPath: /usr/share/nginx/html}]
      ---
      apiVersion: v1
      kind: Service
      metadata: {name: web}
      spec: {selector: {app: web}, ports: [{port: 80}]}
      """
    And every pod is ready

  Scenario: A changed value is put back when its time is over
    When key "level" of config map "conf" becomes "debug" for 5 minutes
    And I run "kubectl get configmap conf -o jsonpath={.data.level}"
    Then the output contains "debug"
    When 6 minutes pass
    And I run "kubectl get configmap conf -o jsonpath={.data.level}"
    Then the output contains "info"

  Scenario: A ConfigMap that is missing stops a rollout, not what runs
    When config map "conf" is missing for 10 minutes
    And I run "kubectl rollout restart deployment web"
    And 5 minutes pass
    Then deployment "web" has 2 of 2 replicas available
    And the rollout of deployment "web" is progressing
    And an event "FailedMount" is recorded for a pod matching "app=web" saying "configmap \"conf\" not found"
    When 5 minutes pass
    Then within 5 minutes deployment "web" has 2 of 2 replicas updated
    And every pod is ready

  Scenario: A rotated Secret is told to those that begin after it
    When key "password" of secret "cred" is rotated to "new"
    And 5 minutes pass
    And I run "kubectl exec deploy/web -- printenv PASSWORD"
    Then the output contains "old"
    When every pod matching "app=web" is deleted
    And 1 minute passes
    And I run "kubectl exec deploy/web -- printenv PASSWORD"
    Then the output contains "new"

  Scenario: A Secret that is missing keeps a replacement from beginning, until it is back
    When secret "cred" is missing for 3 minutes
    And a pod matching "app=web" is deleted
    And 2 minutes pass
    Then deployment "web" has 1 of 2 replicas available
    And an event "Failed" is recorded for a pod matching "app=web" saying "secret \"cred\" not found"
    And within 3 minutes deployment "web" has 2 of 2 replicas available
