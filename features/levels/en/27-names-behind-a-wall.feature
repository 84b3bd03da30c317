@level @commands:1
Feature: Names behind a wall
  All egress of front-0 is denied but to its backend. The backend is asked for by name, and the question for its address goes nowhere (kubernetes/website#38267). Label k8s-app=kube-dns is what the DNS Pods carry, in the namespace kube-system.

  Background:
    Given a cluster with 1 control plane node and 2 workers
    And the manifest:
      """
      apiVersion: apps/v1
      kind: StatefulSet
      metadata:
        name: front
      spec:
        replicas: 1
        selector:
          matchLabels:
            app: front
        serviceName: front
        template:
          metadata:
            labels:
              app: front
          spec:
            containers:
              - name: nginx
                image: nginx:1.12
                ports:
                  - containerPort: 80
                readinessProbe:
                  httpGet:
                    path: /
                    port: 80
                  periodSeconds: 2
      ---
      apiVersion: apps/v1
      kind: Deployment
      metadata:
        name: backend
      spec:
        replicas: 1
        selector:
          matchLabels:
            app: backend
        template:
          metadata:
            labels:
              app: backend
          spec:
            containers:
              - name: nginx
                image: nginx:1.12
                ports:
                  - containerPort: 80
                readinessProbe:
                  httpGet:
                    path: /
                    port: 80
                  periodSeconds: 2
      ---
      apiVersion: v1
      kind: Service
      metadata:
        name: backend
      spec:
        selector:
          app: backend
        ports:
          - port: 80
      ---
      apiVersion: networking.k8s.io/v1
      kind: NetworkPolicy
      metadata:
        name: front
      spec:
        podSelector:
          matchLabels: {app: front}
        policyTypes: [Egress]
        egress:
          - to:
              - podSelector:
                  matchLabels: {app: backend}
      """
    And every pod is ready

  @hint
  Scenario: The policy allows the backend alone
    When I run "kubectl describe networkpolicy front"
    Then the output contains "app=backend"

  @hint
  Scenario: The namespace of the DNS Pods has a label by its name
    When I run "kubectl get namespace kube-system --show-labels"
    Then the output contains "kubernetes.io/metadata.name=kube-system"

  @solution
  Scenario: Allow questions to the cluster DNS
    When I run "kubectl patch networkpolicy front --type=json -p '[{\"op\":\"add\",\"path\":\"/spec/egress/-\",\"value\":{\"to\":[{\"namespaceSelector\":{\"matchLabels\":{\"kubernetes.io/metadata.name\":\"kube-system\"}}}],\"ports\":[{\"port\":53,\"protocol\":\"UDP\"},{\"port\":53,\"protocol\":\"TCP\"}]}}]'"
    Then within 1 minute a request to "http://backend/" from pod "front-0" answers 200
    And there is a network policy "front"
