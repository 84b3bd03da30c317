/**
 * The static Pods of a control plane node, as kubeadm writes them to /etc/kubernetes/manifests
 * (cmd/kubeadm/app/phases/controlplane/manifests.go, phases/etcd/local.go, util/staticpod/utils.go).
 */
import type { Pod } from '../api/types.ts';
import type { ImageBehaviour } from '../node/world.ts';
import { CANDIDATE, VERSION } from './links.ts';

interface Part {
  readonly name: string;
  readonly image: string;
  readonly component: string;
  readonly startupMs: number;
  readonly port: number;
  readonly scheme: 'HTTP' | 'HTTPS';
  readonly live: string;
  readonly ready: string | undefined;
  readonly cpu: string;
  readonly memory?: string;
  readonly command: (node: string, nodes: readonly string[], config: Addresses) => readonly string[];
  readonly volumes: Readonly<Record<string, string>>;
}

interface Addresses {
  readonly serviceSubnet: string;
  readonly podSubnet: string;
}

const PKI = '/etc/kubernetes/pki';
const CERTIFICATES = { 'k8s-certs': PKI, 'ca-certs': '/etc/ssl/certs' };

const PARTS: readonly Part[] = [
  {
    name: 'etcd',
    image: 'registry.k8s.io/etcd:3.6.6-0',
    component: 'etcd-member',
    startupMs: 500,
    port: 2381,
    scheme: 'HTTP',
    live: '/livez',
    ready: '/readyz',
    cpu: '100m',
    memory: '100Mi',
    command: (node, nodes) => [
      '--data-dir=/var/lib/etcd',
      `--initial-cluster=${nodes.map((name) => `${name}=https://${name}:2380`).join(',')}`,
      '--listen-client-urls=https://127.0.0.1:2379',
      '--listen-metrics-urls=http://127.0.0.1:2381',
      `--name=${node}`,
    ],
    volumes: { 'etcd-certs': `${PKI}/etcd`, 'etcd-data': '/var/lib/etcd' },
  },
  {
    name: 'kube-apiserver',
    image: `registry.k8s.io/kube-apiserver:${VERSION}`,
    component: 'kube-apiserver',
    startupMs: 3_000,
    port: 6443,
    scheme: 'HTTPS',
    live: '/livez',
    ready: '/readyz',
    cpu: '250m',
    command: (_node, _nodes, { serviceSubnet }) => [
      '--authorization-mode=Node,RBAC',
      '--enable-admission-plugins=NodeRestriction',
      '--etcd-servers=https://127.0.0.1:2379',
      '--secure-port=6443',
      `--service-cluster-ip-range=${serviceSubnet}.0.0/16`,
    ],
    volumes: CERTIFICATES,
  },
  {
    name: 'kube-controller-manager',
    image: `registry.k8s.io/kube-controller-manager:${VERSION}`,
    component: CANDIDATE,
    startupMs: 1_000,
    port: 10257,
    scheme: 'HTTPS',
    live: '/healthz',
    ready: undefined,
    cpu: '200m',
    command: (_node, _nodes, { podSubnet }) => [
      '--allocate-node-cidrs=true',
      `--cluster-cidr=${podSubnet}.0.0/16`,
      '--controllers=*,bootstrapsigner,tokencleaner',
      '--kubeconfig=/etc/kubernetes/controller-manager.conf',
      '--leader-elect=true',
    ],
    volumes: { ...CERTIFICATES, kubeconfig: '/etc/kubernetes/controller-manager.conf' },
  },
  {
    name: 'kube-scheduler',
    image: `registry.k8s.io/kube-scheduler:${VERSION}`,
    component: CANDIDATE,
    startupMs: 1_000,
    port: 10259,
    scheme: 'HTTPS',
    live: '/livez',
    ready: '/readyz',
    cpu: '100m',
    command: () => ['--kubeconfig=/etc/kubernetes/scheduler.conf', '--leader-elect=true'],
    volumes: { kubeconfig: '/etc/kubernetes/scheduler.conf' },
  },
];

function manifestOf(part: Part, node: string, nodes: readonly string[], config: Addresses): Pod {
  const { name, image, port, scheme, live, ready, cpu, memory, volumes } = part;
  const probe = (path: string, periodSeconds: number, failureThreshold: number): unknown => ({
    httpGet: { host: '127.0.0.1', path, port, scheme },
    initialDelaySeconds: ready === path ? 0 : 10,
    periodSeconds,
    timeoutSeconds: 15,
    successThreshold: 1,
    failureThreshold,
  });
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, namespace: 'kube-system', labels: { component: name, tier: 'control-plane' } },
    spec: {
      containers: [
        {
          name,
          image,
          imagePullPolicy: 'IfNotPresent',
          command: [name, ...part.command(node, nodes, config)],
          ports: [{ name: 'probe-port', containerPort: port, hostPort: port, protocol: 'TCP' }],
          resources: { requests: { cpu, ...(memory === undefined ? {} : { memory }) } },
          livenessProbe: probe(live, 10, 8),
          ...(ready === undefined ? {} : { readinessProbe: probe(ready, 1, 3) }),
          startupProbe: probe(live, 10, 24),
          terminationMessagePath: '/dev/termination-log',
          terminationMessagePolicy: 'File',
          volumeMounts: Object.entries(volumes).map(([volume, path]) => ({ name: volume, mountPath: path })),
        },
      ],
      dnsPolicy: 'ClusterFirst',
      enableServiceLinks: true,
      hostNetwork: true,
      priority: 2_000_001_000,
      priorityClassName: 'system-node-critical',
      restartPolicy: 'Always',
      schedulerName: 'default-scheduler',
      securityContext: { seccompProfile: { type: 'RuntimeDefault' } },
      terminationGracePeriodSeconds: 30,
      volumes: Object.entries(volumes).map(([volume, path]) => ({
        name: volume,
        hostPath: { path, type: path.endsWith('.conf') ? 'FileOrCreate' : 'DirectoryOrCreate' },
      })),
    },
    status: {},
  } as unknown as Pod;
}

/** The static Pods of one of these nodes. */
export const manifestsFor = (node: string, nodes: readonly string[], config: Addresses): Pod[] =>
  PARTS.map((part) => manifestOf(part, node, nodes, config));

/** What containers of the control plane's images are. */
export function planeImages(): Record<string, ImageBehaviour> {
  const images: Record<string, ImageBehaviour> = {};
  for (const { name, image, component, startupMs, port } of PARTS)
    images[image] = { startupMs, listens: [port], process: { name, component } };
  return images;
}
