/**
 * A controller of Gateways as a cluster comes with it (`gatewayController`): NGINX Gateway Fabric in a
 * namespace of its own, behind a load balancer. As deploy/default/deploy.yaml of its releases 1.x has it
 * (github.com/nginx/nginx-gateway-fabric), without its roles, its own resources and its GatewayClass, which
 * wait for the CustomResourceDefinitions.
 */
import type { Draft } from '../../api/client.ts';

const NAME = 'nginx-gateway';
const LABELS = { 'app.kubernetes.io/instance': NAME, 'app.kubernetes.io/name': NAME };
const VERSION = '1.6.2';

const CONTROL = {
  name: NAME,
  image: `ghcr.io/nginx/nginx-gateway-fabric:${VERSION}`,
  args: [
    'static-mode',
    '--gateway-ctlr-name=gateway.nginx.org/nginx-gateway-controller',
    '--gatewayclass=nginx',
    `--service=${NAME}`,
  ],
  ports: [{ name: 'health', containerPort: 8081 }],
  readinessProbe: { httpGet: { path: '/readyz', port: 'health' }, initialDelaySeconds: 3, periodSeconds: 1 },
};

const DATA = {
  name: 'nginx',
  image: `ghcr.io/nginx/nginx-gateway-fabric/nginx:${VERSION}`,
  ports: [
    { name: 'http', containerPort: 80 },
    { name: 'https', containerPort: 443 },
  ],
};

/** Made when the cluster is, in this order. */
export const nginxGateway = (): Draft[] =>
  [
    { apiVersion: 'v1', kind: 'Namespace', metadata: { name: NAME } },
    { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: NAME, namespace: NAME } },
    {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: NAME, namespace: NAME, labels: LABELS },
      spec: {
        type: 'LoadBalancer',
        externalTrafficPolicy: 'Local',
        selector: LABELS,
        ports: [
          { name: 'http', port: 80, protocol: 'TCP', targetPort: 80 },
          { name: 'https', port: 443, protocol: 'TCP', targetPort: 443 },
        ],
      },
    },
    {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: NAME, namespace: NAME, labels: LABELS },
      spec: {
        selector: { matchLabels: LABELS },
        template: {
          metadata: { labels: LABELS },
          spec: { serviceAccountName: NAME, containers: [CONTROL, DATA], terminationGracePeriodSeconds: 30 },
        },
      },
    },
  ] as Draft[];
