/** Small worlds to try scheduler plugins in: for tests and for the cases carried over from upstream's. */
import type {
  CSINode,
  Namespace,
  Node,
  PersistentVolume,
  PersistentVolumeClaim,
  Pod,
  PodDisruptionBudget,
  ReplicaSet,
  Service,
  StatefulSet,
  StorageClass,
} from '../../api/types.ts';
import type { FormerBehaviour } from '../../config.ts';
import { emptySchedulerCache, setNode, setPod, type SchedulerCache } from './cache.ts';
import { newCycle } from './cyclestate.ts';
import type { Cycle, Lookups, Plugin } from './framework.ts';
import { preempt, type PreemptionResult } from './preemption.ts';
import { findNodes, newDiagnosis, type Diagnosis } from './run.ts';

type Labels = Record<string, string>;

export interface PodParts {
  namespace?: string;
  labels?: Labels;
  /** Requests of the one container, unless `spec.containers` are given. */
  requests?: Record<string, string | number>;
  node?: string;
  priority?: number;
  deleting?: boolean;
  start?: string;
  nominated?: string;
  owner?: { kind: string; name: string; uid?: string };
  spec?: Partial<Pod['spec']>;
  status?: Partial<Pod['status']>;
}

export function makePod(name: string, parts: PodParts = {}): Pod {
  const { owner } = parts;
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name,
      namespace: parts.namespace ?? 'default',
      uid: `uid-${parts.namespace ?? 'default'}-${name}`,
      resourceVersion: '1',
      creationTimestamp: '2026-01-05T09:00:00Z',
      ...(parts.labels ? { labels: parts.labels } : {}),
      ...(parts.deleting ? { deletionTimestamp: '2026-01-05T09:00:30Z' } : {}),
      ...(owner
        ? {
            ownerReferences: [
              {
                apiVersion: 'apps/v1',
                kind: owner.kind,
                name: owner.name,
                uid: owner.uid ?? owner.name,
                controller: true,
              },
            ],
          }
        : {}),
    },
    spec: {
      containers: [
        { name: 'c', image: 'i', ...(parts.requests ? { resources: { requests: parts.requests } } : {}) },
      ],
      ...(parts.node === undefined ? {} : { nodeName: parts.node }),
      ...(parts.priority === undefined ? {} : { priority: parts.priority }),
      ...parts.spec,
    },
    status: {
      phase: 'Pending',
      ...(parts.start === undefined ? {} : { startTime: parts.start }),
      ...(parts.nominated === undefined ? {} : { nominatedNodeName: parts.nominated }),
      ...parts.status,
    },
  } as Pod;
}

export interface NodeParts {
  labels?: Labels;
  /** Default: 32 CPU, 64Gi, 110 pods. */
  allocatable?: Record<string, string | number>;
  taints?: Node['spec']['taints'];
  unschedulable?: boolean;
  images?: Record<string, number>;
}

export function makeNode(name: string, parts: NodeParts = {}): Node {
  return {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: {
      name,
      uid: `uid-${name}`,
      resourceVersion: '1',
      creationTimestamp: '2026-01-05T09:00:00Z',
      labels: parts.labels ?? {},
    },
    spec: {
      ...(parts.taints ? { taints: parts.taints } : {}),
      ...(parts.unschedulable ? { unschedulable: true } : {}),
    },
    status: {
      allocatable: parts.allocatable ?? { cpu: '32', memory: '64Gi', pods: '110' },
      ...(parts.images
        ? {
            images: Object.entries(parts.images).map(([image, sizeBytes]) => ({ names: [image], sizeBytes })),
          }
        : {}),
    },
  } as Node;
}

export interface Others {
  namespaces?: Record<string, Labels>;
  services?: { name: string; namespace?: string; selector: Labels }[];
  replicaSets?: { name: string; namespace?: string; selector: ReplicaSet['spec']['selector'] }[];
  statefulSets?: { name: string; namespace?: string; selector: StatefulSet['spec']['selector'] }[];
  budgets?: {
    name: string;
    namespace?: string;
    selector: PodDisruptionBudget['spec']['selector'];
    allowed: number;
    disrupted?: Record<string, string>;
  }[];
  claims?: readonly PersistentVolumeClaim[];
  volumes?: readonly PersistentVolume[];
  classes?: readonly StorageClass[];
  csiNodes?: readonly CSINode[];
}

export function makeLookups(others: Others = {}): Lookups {
  const inNamespace = (o: { namespace?: string }, namespace: string): boolean =>
    (o.namespace ?? 'default') === namespace;
  const named = (
    list: { name: string; namespace?: string; selector: unknown }[] | undefined,
    namespace: string,
    name: string,
  ): never =>
    list
      ?.filter((o) => inNamespace(o, namespace) && o.name === name)
      .map((o) => ({ spec: { selector: o.selector } }))[0] as never;
  return {
    namespaceLabels: (namespace): NonNullable<Namespace['metadata']['labels']> =>
      others.namespaces?.[namespace] ?? {},
    services: (namespace) =>
      (others.services ?? [])
        .filter((s) => inNamespace(s, namespace))
        .map((s) => ({ spec: { selector: s.selector } }) as unknown as Service),
    replicaSet: (namespace, name) => named(others.replicaSets, namespace, name),
    statefulSet: (namespace, name) => named(others.statefulSets, namespace, name),
    claim: (namespace, name) =>
      others.claims?.find((c) => c.metadata.namespace === namespace && c.metadata.name === name),
    volume: (name) => others.volumes?.find((v) => v.metadata.name === name),
    volumes: () => others.volumes ?? [],
    storageClass: (name) => others.classes?.find((c) => c.metadata.name === name),
    csiNode: (name) => others.csiNodes?.find((n) => n.metadata.name === name),
    budgets: () =>
      (others.budgets ?? []).map(
        (b) =>
          ({
            metadata: { name: b.name, namespace: b.namespace ?? 'default' },
            spec: { selector: b.selector },
            status: { disruptionsAllowed: b.allowed, disruptedPods: b.disrupted ?? {} },
          }) as unknown as PodDisruptionBudget,
      ),
  };
}

export function makeCache(nodes: readonly Node[], pods: readonly Pod[] = []): SchedulerCache {
  const cache = emptySchedulerCache();
  for (const node of nodes) setNode(cache, node);
  for (const pod of pods) setPod(cache, pod);
  return cache;
}

/**
 * Runs one plugin's PreFilter and Filter: per node its reasons, or 'fits'; a `!` before reasons that no
 * preemption would resolve.
 */
export function filterAll(
  plugin: Plugin,
  pod: Pod,
  cache: SchedulerCache,
  lookups: Lookups = makeLookups(),
): Record<string, string> {
  const cycle = newCycle(pod, cache, lookups);
  const pre = plugin.preFilter?.(cycle);
  const names = cycle.nodes.map((n) => n.name);
  const text = (s: { unresolvable: boolean; reasons: readonly string[] } | undefined): string =>
    s === undefined ? 'fits' : `${s.unresolvable ? '!' : ''}${s.reasons.join('; ')}`;
  if (pre !== undefined && pre !== 'skip' && 'status' in pre)
    return Object.fromEntries(names.map((n) => [n, text(pre.status)]));
  return Object.fromEntries(
    cycle.nodes.map((info) => [info.name, pre === 'skip' ? 'fits' : text(plugin.filter!(cycle, info))]),
  );
}

/**
 * Runs one plugin's PreScore, Score and normalisation over the nodes (all unless named): per node its score;
 * 'skip' when it has nothing to say.
 */
export function scoreAll(
  plugin: Plugin,
  pod: Pod,
  cache: SchedulerCache,
  lookups: Lookups = makeLookups(),
  among?: readonly string[],
  formerly?: FormerBehaviour,
): Record<string, number> | 'skip' {
  const cycle: Cycle = newCycle(pod, cache, lookups, formerly);
  const nodes = cycle.nodes.filter((n) => among === undefined || among.includes(n.name));
  if (plugin.preScore?.(cycle, nodes) === 'skip') return 'skip';
  const scores = nodes.map((info) => plugin.score!(cycle, info));
  plugin.normalise?.(cycle, scores, nodes);
  return Object.fromEntries(nodes.map((info, i) => [info.name, scores[i]!]));
}

/** All filters, then preemption for a pod that fits nowhere. */
export function tryPreempt(
  pod: Pod,
  cache: SchedulerCache,
  lookups: Lookups = makeLookups(),
  nominated: (node: string) => readonly Pod[] = () => [],
): { fits: string[]; diagnosis: Diagnosis; result: PreemptionResult | undefined } {
  const cycle = newCycle(pod, cache, lookups);
  const diagnosis = newDiagnosis();
  const { nodes } = findNodes(cycle, 0, diagnosis, nominated);
  const result = nodes.length > 0 ? undefined : preempt(cycle, diagnosis, nominated, () => 0);
  return { fits: nodes.map((n) => n.name), diagnosis, result };
}
