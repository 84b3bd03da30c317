/**
 * An ingress controller as a cluster comes with it (`ingressController`): ingress-nginx in a namespace of its
 * own, behind a load balancer, its class the default one. As deploy/static/provider/cloud/deploy.yaml of
 * github.com/kubernetes/ingress-nginx has it, without its roles, its webhook and its ConfigMap.
 */
import type { Draft } from '../../api/client.ts';

const NAME = 'ingress-nginx';
const CONTROLLER = `${NAME}-controller`;
const SELECTOR = {
  'app.kubernetes.io/component': 'controller',
  'app.kubernetes.io/instance': NAME,
  'app.kubernetes.io/name': NAME,
};

const healthz = (failureThreshold: number): object => ({
  httpGet: { path: '/healthz', port: 10_254, scheme: 'HTTP' },
  initialDelaySeconds: 10,
  periodSeconds: 10,
  timeoutSeconds: 1,
  failureThreshold,
});

const container = {
  name: 'controller',
  image: 'registry.k8s.io/ingress-nginx/controller:v1.15.1',
  imagePullPolicy: 'IfNotPresent',
  args: [
    '/nginx-ingress-controller',
    '--publish-service=$(POD_NAMESPACE)/ingress-nginx-controller',
    '--election-id=ingress-nginx-leader',
    '--controller-class=k8s.io/ingress-nginx',
    '--ingress-class=nginx',
  ],
  env: [
    { name: 'POD_NAME', valueFrom: { fieldRef: { fieldPath: 'metadata.name' } } },
    { name: 'POD_NAMESPACE', valueFrom: { fieldRef: { fieldPath: 'metadata.namespace' } } },
  ],
  ports: [
    { name: 'http', containerPort: 80, protocol: 'TCP' },
    { name: 'https', containerPort: 443, protocol: 'TCP' },
  ],
  livenessProbe: healthz(5),
  readinessProbe: healthz(3),
  resources: { requests: { cpu: '100m', memory: '90Mi' } },
};

/** Made when the cluster is, in this order. */
export const ingressNginx = (): Draft[] =>
  [
    { apiVersion: 'v1', kind: 'Namespace', metadata: { name: NAME } },
    { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: NAME, namespace: NAME } },
    {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: CONTROLLER, namespace: NAME, labels: SELECTOR },
      spec: {
        type: 'LoadBalancer',
        externalTrafficPolicy: 'Local',
        selector: SELECTOR,
        ports: [
          { name: 'http', port: 80, protocol: 'TCP', targetPort: 'http' },
          { name: 'https', port: 443, protocol: 'TCP', targetPort: 'https' },
        ],
      },
    },
    {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: CONTROLLER, namespace: NAME, labels: SELECTOR },
      spec: {
        selector: { matchLabels: SELECTOR },
        template: {
          metadata: { labels: SELECTOR },
          spec: { serviceAccountName: NAME, containers: [container], terminationGracePeriodSeconds: 300 },
        },
      },
    },
    {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'IngressClass',
      metadata: {
        name: 'nginx',
        labels: SELECTOR,
        annotations: { 'ingressclass.kubernetes.io/is-default-class': 'true' },
      },
      spec: { controller: 'k8s.io/ingress-nginx' },
    },
  ] as Draft[];
