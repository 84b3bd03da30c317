/**
 * What a node's conditions say, and the taints that follow from them.
 * Models pkg/controller/nodelifecycle/node_lifecycle_controller.go (tables, doNoScheduleTaintingPass) and
 * component-helpers/node/topology/helpers.go (GetZoneKey).
 */
import type { Node, NodeCondition, Taint } from '../../api/types.ts';

export const NOT_READY = 'node.kubernetes.io/not-ready';
export const UNREACHABLE = 'node.kubernetes.io/unreachable';
const UNSCHEDULABLE = 'node.kubernetes.io/unschedulable';

/** Condition type, its status, and the key of the taint they bring. */
const TAINT_OF_CONDITION: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  Ready: { False: NOT_READY, Unknown: UNREACHABLE },
  MemoryPressure: { True: 'node.kubernetes.io/memory-pressure' },
  DiskPressure: { True: 'node.kubernetes.io/disk-pressure' },
  NetworkUnavailable: { True: 'node.kubernetes.io/network-unavailable' },
  PIDPressure: { True: 'node.kubernetes.io/pid-pressure' },
};

const MANAGED_KEYS = new Set([
  UNSCHEDULABLE,
  ...Object.values(TAINT_OF_CONDITION).flatMap((byStatus) => Object.values(byStatus)),
]);

export function readyCondition(node: Node): NodeCondition | undefined {
  for (const c of node.status.conditions ?? []) if (c.type === 'Ready') return c;
  return undefined;
}

export const isNodeReady = (node: Node): boolean => readyCondition(node)?.status === 'True';

export const hasTaint = (node: Node, key: string, effect: string): boolean =>
  node.spec.taints?.some((t) => t.key === key && t.effect === effect) ?? false;

/** The NoSchedule taints that a node lacks, and those that its conditions no longer justify. */
export function noScheduleDifference(node: Node): { add: string[]; remove: string[] } {
  const wanted: string[] = [];
  for (const c of node.status.conditions ?? []) {
    const key = TAINT_OF_CONDITION[c.type]?.[c.status];
    if (key !== undefined) wanted.push(key);
  }
  if (node.spec.unschedulable === true) wanted.push(UNSCHEDULABLE);
  const present: string[] = [];
  for (const t of node.spec.taints ?? [])
    if (t.effect === 'NoSchedule' && MANAGED_KEYS.has(t.key)) present.push(t.key);
  return {
    add: wanted.filter((k) => !present.includes(k)),
    remove: present.filter((k) => !wanted.includes(k)),
  };
}

/**
 * The taints with some added (in place of those of the same key and effect) and others taken away; the same
 * array when nothing changes.
 */
export function changeTaints(
  taints: readonly Taint[],
  add: readonly Taint[],
  remove: readonly Pick<Taint, 'key' | 'effect'>[],
): readonly Taint[] {
  let next = taints;
  for (const t of add) {
    const at = next.findIndex((old) => old.key === t.key && old.effect === t.effect);
    next = at < 0 ? [...next, t] : next.map((old, i) => (i === at ? t : old));
  }
  if (remove.some((r) => next.some((t) => t.key === r.key && t.effect === r.effect))) {
    next = next.filter((t) => !remove.some((r) => t.key === r.key && t.effect === r.effect));
  }
  return next;
}

/** Region and zone as one key; '' for nodes without either. */
export function zoneKey(node: Node): string {
  const labels = node.metadata.labels;
  const region =
    labels?.['topology.kubernetes.io/region'] ?? labels?.['failure-domain.beta.kubernetes.io/region'] ?? '';
  const zone =
    labels?.['topology.kubernetes.io/zone'] ?? labels?.['failure-domain.beta.kubernetes.io/zone'] ?? '';
  return region === '' && zone === '' ? '' : `${region}:\u0000:${zone}`;
}

export const countsForDisruption = (node: Node): boolean =>
  node.metadata.labels?.['node.kubernetes.io/exclude-disruption'] === undefined;
