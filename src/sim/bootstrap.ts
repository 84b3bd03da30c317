/**
 * What a new cluster holds before any user came: the system's namespaces, priority classes and the API
 * server's own Service.
 */
import type { Draft } from './api/client.ts';
import { rootCertificateMap } from './api/rootcertificate.ts';
import { rfc3339 } from './api/time.ts';
import type { ConfigMap, KubeObject, ServiceAccount, StorageClass } from './api/types.ts';
import { DEFAULT_DRIVER } from './api/volumes.ts';
import type { ClusterConfig } from './config.ts';
import { remembered } from './kernel/memo.ts';

/** Where the API server listens. */
const API_SERVER_IP = '172.18.0.2';

const NAMESPACES = ['default', 'kube-node-lease', 'kube-public', 'kube-system'];

const namespace = (name: string): Draft => ({ apiVersion: 'v1', kind: 'Namespace', metadata: { name } });
const priority = (name: string, value: number, description: string): Draft =>
  ({
    apiVersion: 'scheduling.k8s.io/v1',
    kind: 'PriorityClass',
    metadata: { name },
    value,
    description,
  }) as Draft<KubeObject>;

/** Those that every cluster has. */
const EVERYWHERE: readonly Draft[] = [
  ...NAMESPACES.map(namespace),
  priority(
    'system-cluster-critical',
    2_000_000_000,
    'Used for system critical pods that must run in the cluster, but can be moved to another node if ' +
      'necessary.',
  ),
  priority(
    'system-node-critical',
    2_000_001_000,
    'Used for system critical pods that must not be moved from their current node.',
  ),
];

/** The API server's own Service, by the network of Services. */
const serviceIn = remembered(
  64,
  (subnet: string): Draft => ({
    apiVersion: 'v1',
    kind: 'Service',
    metadata: {
      name: 'kubernetes',
      namespace: 'default',
      labels: { component: 'apiserver', provider: 'kubernetes' },
    },
    spec: {
      type: 'ClusterIP',
      clusterIP: `${subnet}.0.1`,
      ports: [{ name: 'https', port: 443, protocol: 'TCP', targetPort: 6443 }],
    },
  }),
);

/** Whom that Service leads to, by the addresses of the servers with commas between them. */
const endpointsAt = remembered(64, (addresses: string): readonly Draft[] => {
  const servers = addresses.split(',');
  return [
    {
      apiVersion: 'v1',
      kind: 'Endpoints',
      metadata: {
        name: 'kubernetes',
        namespace: 'default',
        labels: { 'endpointslice.kubernetes.io/skip-mirror': 'true' },
      },
      subsets: [
        { addresses: servers.map((ip) => ({ ip })), ports: [{ name: 'https', port: 6443, protocol: 'TCP' }] },
      ],
    } as Draft<KubeObject>,
    {
      apiVersion: 'discovery.k8s.io/v1',
      kind: 'EndpointSlice',
      metadata: {
        name: 'kubernetes',
        namespace: 'default',
        labels: { 'kubernetes.io/service-name': 'kubernetes' },
      },
      addressType: 'IPv4',
      endpoints: servers.map((ip) => ({ addresses: [ip], conditions: { ready: true } })),
      ports: [{ name: 'https', port: 6443, protocol: 'TCP' }],
    } as Draft<KubeObject>,
  ];
});

/**
 * Clusters share them: what has been found of an object is known by its identity.
 * @param servers addresses of the API servers
 */
export const bootstrapObjects = (
  { serviceSubnet }: ClusterConfig,
  servers: readonly string[] = [API_SERVER_IP],
): readonly Draft[] => [...EVERYWHERE, serviceIn(serviceSubnet), ...endpointsAt(servers.join(','))];

/**
 * The StorageClass that whoever made the cluster gave it: it is there before the history begins, so that the
 * histories of clusters without claims are what they would be without it.
 */
export const DEFAULT_STORAGE_CLASS: StorageClass = {
  apiVersion: 'storage.k8s.io/v1',
  kind: 'StorageClass',
  metadata: {
    name: 'standard',
    uid: '5d0a3c1e-7f42-4b0e-9c55-1f6f3a1b9e20',
    resourceVersion: '0',
    creationTimestamp: rfc3339(0),
    annotations: { 'storageclass.kubernetes.io/is-default-class': 'true' },
  },
  provisioner: DEFAULT_DRIVER,
  reclaimPolicy: 'Delete',
  volumeBindingMode: 'WaitForFirstConsumer',
  allowVolumeExpansion: true,
};

/**
 * The account that each of the namespaces has, and the root certificate in it: they are there before the
 * history begins, too.
 */
export const OF_NAMESPACES: readonly KubeObject[] = [
  ...NAMESPACES.map(
    (namespace, i): ServiceAccount => ({
      apiVersion: 'v1',
      kind: 'ServiceAccount',
      metadata: {
        namespace,
        name: 'default',
        uid: `b0c9a1d4-3e57-4f2b-8d16-00000000000${i + 1}`,
        resourceVersion: '0',
        creationTimestamp: rfc3339(0),
      },
    }),
  ),
  ...NAMESPACES.map((namespace, i): ConfigMap => {
    const map = rootCertificateMap(namespace);
    return {
      ...map,
      metadata: {
        ...map.metadata,
        uid: `c4a1e0f2-6b38-4d7c-9e25-00000000000${i + 1}`,
        resourceVersion: '0',
        creationTimestamp: rfc3339(0),
      },
    };
  }),
];
