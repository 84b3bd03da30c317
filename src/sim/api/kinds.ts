/**
 * The resources the API server serves: names, short names, scope, subresources.
 * Source: `kubectl api-resources` of a 1.36 control plane.
 */
import type { Kind } from './types.ts';

export interface KindInfo {
  readonly kind: Kind;
  /** '' for the core group. */
  readonly group: string;
  /** Versions served, the preferred and stored one first. */
  readonly versions: readonly string[];
  readonly plural: string;
  readonly singular: string;
  readonly shortNames: readonly string[];
  readonly namespaced: boolean;
  /** Has a status subresource: `update` leaves status alone and `updateStatus` leaves the rest alone. */
  readonly status: boolean;
  readonly scale: boolean;
  /** Whether `metadata.generation` counts changes of spec. */
  readonly generation: boolean;
  /** Shown by `kubectl get all`. */
  readonly all: boolean;
}

const info = (
  kind: Kind,
  group: string,
  versions: string[],
  plural: string,
  shortNames: string[],
  flags: { cluster?: boolean; status?: boolean; scale?: boolean; generation?: boolean; all?: boolean } = {},
): KindInfo => ({
  kind,
  group,
  versions,
  plural,
  singular: kind.toLowerCase(),
  shortNames,
  namespaced: !flags.cluster,
  status: !!flags.status,
  scale: !!flags.scale,
  generation: !!flags.generation,
  all: !!flags.all,
});

/** In the order in which `kubectl get all` and listings of every kind go through them. */
export const KINDS: readonly KindInfo[] = [
  info('Namespace', '', ['v1'], 'namespaces', ['ns'], { cluster: true, status: true }),
  info('Node', '', ['v1'], 'nodes', ['no'], { cluster: true, status: true }),
  info('PriorityClass', 'scheduling.k8s.io', ['v1'], 'priorityclasses', ['pc'], {
    cluster: true,
    generation: true,
  }),
  info('ConfigMap', '', ['v1'], 'configmaps', ['cm']),
  info('Secret', '', ['v1'], 'secrets', []),
  info('ServiceAccount', '', ['v1'], 'serviceaccounts', ['sa']),
  info('ResourceQuota', '', ['v1'], 'resourcequotas', ['quota'], { status: true }),
  info('Pod', '', ['v1'], 'pods', ['po'], { status: true, generation: true, all: true }),
  info('Service', '', ['v1'], 'services', ['svc'], { status: true, all: true }),
  info('Endpoints', '', ['v1'], 'endpoints', ['ep']),
  info('EndpointSlice', 'discovery.k8s.io', ['v1'], 'endpointslices', [], { generation: true }),
  info('DaemonSet', 'apps', ['v1'], 'daemonsets', ['ds'], { status: true, generation: true, all: true }),
  info('Deployment', 'apps', ['v1'], 'deployments', ['deploy'], {
    status: true,
    scale: true,
    generation: true,
    all: true,
  }),
  info('ReplicaSet', 'apps', ['v1'], 'replicasets', ['rs'], {
    status: true,
    scale: true,
    generation: true,
    all: true,
  }),
  info('StatefulSet', 'apps', ['v1'], 'statefulsets', ['sts'], {
    status: true,
    scale: true,
    generation: true,
    all: true,
  }),
  info('ControllerRevision', 'apps', ['v1'], 'controllerrevisions', []),
  info('PodDisruptionBudget', 'policy', ['v1', 'v1beta1'], 'poddisruptionbudgets', ['pdb'], {
    status: true,
    generation: true,
  }),
  info('Lease', 'coordination.k8s.io', ['v1'], 'leases', []),
  info('Event', '', ['v1'], 'events', ['ev']),
];

const byKind = new Map(KINDS.map((k) => [k.kind as string, k]));

/** @throws when the kind is not served */
export function kindInfo(kind: string): KindInfo {
  const found = byKind.get(kind);
  if (found === undefined) throw new Error(`kind ${kind} is not served`);
  return found;
}

export function findKind(kind: string): KindInfo | undefined {
  return byKind.get(kind);
}

/** `apps/v1`, `v1`: the preferred apiVersion of a kind. */
export function apiVersionOf(k: KindInfo): string {
  return k.group === '' ? k.versions[0]! : `${k.group}/${k.versions[0]}`;
}
