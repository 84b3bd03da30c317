/**
 * What kubeadm and a network's manifest put into a new cluster: kube-proxy, CoreDNS
 * (cmd/kubeadm/app/phases/addons), and kindnet, which kind brings (sigs.k8s.io/kind, images/kindnetd).
 */
import type { Draft } from '../api/client.ts';
import type { ClusterConfig } from '../config.ts';
import type { ImageBehaviour } from '../node/world.ts';
import { VERSION } from './links.ts';

const PROXY_IMAGE = `registry.k8s.io/kube-proxy:${VERSION}`;
const DNS_IMAGE = 'registry.k8s.io/coredns/coredns:v1.13.1';
const NETWORK_IMAGE = 'docker.io/kindest/kindnetd:v20250512-df8de77b';

const NAMESPACE = 'kube-system';
const EVERYWHERE = [{ operator: 'Exists' }];

/** The address of the Service `kube-dns`. */
export const dnsAddress = ({ serviceSubnet }: Pick<ClusterConfig, 'serviceSubnet'>): string =>
  `${serviceSubnet}.0.10`;

export const addonImages = (): Record<string, ImageBehaviour> => ({
  [PROXY_IMAGE]: {
    startupMs: 300,
    listens: [10256],
    process: { name: 'kube-proxy', component: 'kube-proxy' },
  },
  [NETWORK_IMAGE]: { startupMs: 300, listens: [] },
});

/** Images that a node has from the start. */
export const addonNames = (): string[] => [...Object.keys(addonImages()), DNS_IMAGE];

const daemon = (
  name: string,
  labels: Readonly<Record<string, string>>,
  image: string,
  container: object,
  spec: object,
): Draft =>
  ({
    apiVersion: 'apps/v1',
    kind: 'DaemonSet',
    metadata: { name, namespace: NAMESPACE, labels },
    spec: {
      selector: { matchLabels: labels },
      updateStrategy: { type: 'RollingUpdate' },
      template: {
        metadata: { labels },
        spec: {
          hostNetwork: true,
          tolerations: EVERYWHERE,
          containers: [{ image, imagePullPolicy: 'IfNotPresent', ...container }],
          ...spec,
        },
      },
    },
  }) as Draft;

const COREFILE = `.:53 {
    errors
    health {
       lameduck 5s
    }
    ready
    kubernetes cluster.local in-addr.arpa ip6.arpa {
       pods insecure
       fallthrough in-addr.arpa ip6.arpa
       ttl 30
    }
    prometheus :9153
    forward . /etc/resolv.conf {
       max_concurrent 1000
    }
    cache 30 {
       disable success cluster.local
       disable denial cluster.local
    }
    loop
    reload
    loadbalance
}
`;

const DNS_LABELS = { 'k8s-app': 'kube-dns' };

const coreDns = (): Draft =>
  ({
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'coredns', namespace: NAMESPACE, labels: DNS_LABELS },
    spec: {
      replicas: 2,
      strategy: { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: 1 } },
      selector: { matchLabels: DNS_LABELS },
      template: {
        metadata: { labels: DNS_LABELS },
        spec: {
          priorityClassName: 'system-cluster-critical',
          serviceAccountName: 'coredns',
          tolerations: [
            { key: 'CriticalAddonsOnly', operator: 'Exists' },
            { key: 'node-role.kubernetes.io/control-plane', effect: 'NoSchedule' },
          ],
          nodeSelector: { 'kubernetes.io/os': 'linux' },
          affinity: {
            podAntiAffinity: {
              preferredDuringSchedulingIgnoredDuringExecution: [
                {
                  weight: 100,
                  podAffinityTerm: {
                    labelSelector: {
                      matchExpressions: [{ key: 'k8s-app', operator: 'In', values: ['kube-dns'] }],
                    },
                    topologyKey: 'kubernetes.io/hostname',
                  },
                },
              ],
            },
          },
          containers: [
            {
              name: 'coredns',
              image: DNS_IMAGE,
              imagePullPolicy: 'IfNotPresent',
              args: ['-conf', '/etc/coredns/Corefile'],
              resources: { limits: { memory: '170Mi' }, requests: { cpu: '100m', memory: '70Mi' } },
              ports: [
                { containerPort: 53, name: 'dns', protocol: 'UDP' },
                { containerPort: 53, name: 'dns-tcp', protocol: 'TCP' },
                { containerPort: 9153, name: 'metrics', protocol: 'TCP' },
                { containerPort: 8080, name: 'liveness-probe', protocol: 'TCP' },
                { containerPort: 8181, name: 'readiness-probe', protocol: 'TCP' },
              ],
              livenessProbe: {
                httpGet: { path: '/health', port: 'liveness-probe', scheme: 'HTTP' },
                initialDelaySeconds: 60,
                timeoutSeconds: 5,
                successThreshold: 1,
                failureThreshold: 5,
              },
              readinessProbe: { httpGet: { path: '/ready', port: 'readiness-probe', scheme: 'HTTP' } },
              volumeMounts: [{ name: 'config-volume', mountPath: '/etc/coredns', readOnly: true }],
            },
          ],
          dnsPolicy: 'Default',
          volumes: [
            {
              name: 'config-volume',
              configMap: { name: 'coredns', items: [{ key: 'Corefile', path: 'Corefile' }] },
            },
          ],
        },
      },
    },
  }) as Draft;

const dnsService = (config: ClusterConfig): Draft =>
  ({
    apiVersion: 'v1',
    kind: 'Service',
    metadata: {
      name: 'kube-dns',
      namespace: NAMESPACE,
      labels: { ...DNS_LABELS, 'kubernetes.io/cluster-service': 'true', 'kubernetes.io/name': 'CoreDNS' },
      annotations: { 'prometheus.io/port': '9153', 'prometheus.io/scrape': 'true' },
    },
    spec: {
      clusterIP: dnsAddress(config),
      selector: DNS_LABELS,
      ports: [
        { name: 'dns', port: 53, protocol: 'UDP', targetPort: 53 },
        { name: 'dns-tcp', port: 53, protocol: 'TCP', targetPort: 53 },
        { name: 'metrics', port: 9153, protocol: 'TCP', targetPort: 9153 },
      ],
    },
  }) as Draft;

const account = (name: string): Draft =>
  ({ apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name, namespace: NAMESPACE } }) as Draft;

const configMap = (name: string, data: Readonly<Record<string, string>>, labels?: object): Draft =>
  ({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name, namespace: NAMESPACE, ...(labels === undefined ? {} : { labels }) },
    data,
  }) as Draft;

/** In the order in which they are made. */
export const addons = (config: ClusterConfig): Draft[] => [
  ...['coredns', 'kube-proxy', 'kindnet'].map(account),
  configMap('coredns', { Corefile: COREFILE }),
  configMap(
    'kube-proxy',
    { 'config.conf': `clusterCIDR: ${config.podSubnet}.0.0/16\nmode: iptables\n` },
    { app: 'kube-proxy' },
  ),
  dnsService(config),
  coreDns(),
  daemon(
    'kube-proxy',
    { 'k8s-app': 'kube-proxy' },
    PROXY_IMAGE,
    {
      name: 'kube-proxy',
      command: ['/usr/local/bin/kube-proxy', '--config=/var/lib/kube-proxy/config.conf'],
      volumeMounts: [{ name: 'kube-proxy', mountPath: '/var/lib/kube-proxy' }],
    },
    {
      priorityClassName: 'system-node-critical',
      serviceAccountName: 'kube-proxy',
      nodeSelector: { 'kubernetes.io/os': 'linux' },
      volumes: [{ name: 'kube-proxy', configMap: { name: 'kube-proxy' } }],
    },
  ),
  daemon(
    'kindnet',
    { app: 'kindnet', 'k8s-app': 'kindnet', tier: 'node' },
    NETWORK_IMAGE,
    {
      name: 'kindnet-cni',
      resources: { limits: { cpu: '100m', memory: '50Mi' }, requests: { cpu: '100m', memory: '50Mi' } },
    },
    { serviceAccountName: 'kindnet' },
  ),
];
