/**
 * Whether a node has room for what the pod requests, and preference for the least allocated.
 * Models pkg/scheduler/framework/plugins/noderesources/{fit,least_allocated,resource_allocation}.go.
 */
import type { Pod } from '../../../api/types.ts';
import { MAX_NODE_SCORE, type Plugin, type Status } from '../framework.ts';
import type { NodeInfo } from '../nodeinfo.ts';
import { allocatableOf, podRequests, type Allocatable, type Resource } from '../requests.ts';

const NAME = 'NodeResourcesFit';

/** The common answer, without making anything. */
function fits(requests: Resource, allocatable: Allocatable, info: NodeInfo): boolean {
  if (info.pods.size >= allocatable.pods) return false;
  if (requests.milliCPU > 0 && requests.milliCPU > allocatable.milliCPU - info.milliCPU) return false;
  if (requests.memory > 0 && requests.memory > allocatable.memory - info.memory) return false;
  if (
    requests.ephemeralStorage > 0 &&
    requests.ephemeralStorage > allocatable.ephemeralStorage - info.ephemeralStorage
  )
    return false;
  const { scalars } = requests;
  if (scalars !== undefined) {
    for (const name in scalars) {
      const wanted = scalars[name]!;
      if (wanted > 0 && wanted > (allocatable.scalars?.[name] ?? 0) - (info.scalars.get(name) ?? 0))
        return false;
    }
  }
  return true;
}

/** What is short on the node; `unresolvable` when even the empty node would not do. */
function shortages(
  requests: Resource,
  allocatable: Allocatable,
  info: NodeInfo,
): { reasons: string[]; unresolvable: boolean } | undefined {
  if (fits(requests, allocatable, info)) return undefined;
  const reasons: string[] = [];
  let hopeless = false;
  const short = (what: string, wanted: number, capacity: number): void => {
    reasons.push(what);
    if (wanted > capacity) hopeless = true;
  };
  if (info.pods.size + 1 > allocatable.pods) reasons.push('Too many pods');
  if (requests.milliCPU > 0 && requests.milliCPU > allocatable.milliCPU - info.milliCPU)
    short('Insufficient cpu', requests.milliCPU, allocatable.milliCPU);
  if (requests.memory > 0 && requests.memory > allocatable.memory - info.memory)
    short('Insufficient memory', requests.memory, allocatable.memory);
  if (
    requests.ephemeralStorage > 0 &&
    requests.ephemeralStorage > allocatable.ephemeralStorage - info.ephemeralStorage
  ) {
    short('Insufficient ephemeral-storage', requests.ephemeralStorage, allocatable.ephemeralStorage);
  }
  if (requests.scalars !== undefined) {
    for (const name in requests.scalars) {
      const wanted = requests.scalars[name]!;
      if (wanted === 0) continue;
      const capacity = allocatable.scalars?.[name] ?? 0;
      if (wanted > capacity - (info.scalars.get(name) ?? 0)) short(`Insufficient ${name}`, wanted, capacity);
    }
  }
  return { reasons, unresolvable: hopeless };
}

/** Refusals repeat node after node: one value each. */
const refusals = new Map<string, Status>();
function refusal(reasons: readonly string[], unresolvable: boolean): Status {
  const key = `${unresolvable}|${reasons.join('|')}`;
  let status = refusals.get(key);
  if (status === undefined) {
    if (refusals.size > 1_000) refusals.clear();
    refusals.set(key, (status = { unresolvable, reasons, plugin: NAME }));
  }
  return status;
}

function least(requested: number, capacity: number): number {
  return requested > capacity ? 0 : Math.floor(((capacity - requested) * MAX_NODE_SCORE) / capacity);
}

function fitsAlone(pod: Pod, allocatable: Allocatable): boolean {
  const { requests } = podRequests(pod);
  const scalars = requests.scalars ?? {};
  return (
    requests.milliCPU <= allocatable.milliCPU &&
    requests.memory <= allocatable.memory &&
    requests.ephemeralStorage <= allocatable.ephemeralStorage &&
    allocatable.pods >= 1 &&
    Object.keys(scalars).every((name) => scalars[name]! <= (allocatable.scalars?.[name] ?? 0))
  );
}

export const nodeResourcesFit: Plugin = {
  name: NAME,
  sign: (cycle) => cycle.requests,
  filter(cycle, info) {
    const short = shortages(cycle.requests.requests, info.allocatable, info);
    return short === undefined ? undefined : refusal(short.reasons, short.unresolvable);
  },
  score(cycle, info) {
    const { nonZeroMilliCPU, nonZeroMemory } = cycle.requests;
    const { milliCPU, memory } = info.allocatable;
    let sum = 0;
    let weights = 0;
    if (milliCPU > 0) {
      sum += least(info.nonZeroMilliCPU + nonZeroMilliCPU, milliCPU);
      weights += 1;
    }
    if (memory > 0) {
      sum += least(info.nonZeroMemory + nonZeroMemory, memory);
      weights += 1;
    }
    return weights === 0 ? 0 : Math.floor(sum / weights);
  },
  events: new Set(['nodeAdd', 'nodeUpdate', 'podDelete', 'podUpdate']),
  hint(pod, event) {
    switch (event.type) {
      case 'nodeAdd':
        return fitsAlone(pod, allocatableOf(event.node));
      case 'nodeUpdate':
        return event.changed.allocatable && grew(pod, allocatableOf(event.old), allocatableOf(event.node));
      case 'podDelete':
        return true;
      case 'podUpdate':
        return event.changed.scaledDown;
      default:
        return false;
    }
  },
};

/** More than before of something the pod asks for. */
function grew(pod: Pod, old: Allocatable, now: Allocatable): boolean {
  if (!fitsAlone(pod, now)) return false;
  if (now.pods > old.pods) return true;
  const { requests } = podRequests(pod);
  if (requests.milliCPU > 0 && now.milliCPU > old.milliCPU) return true;
  if (requests.memory > 0 && now.memory > old.memory) return true;
  if (requests.ephemeralStorage > 0 && now.ephemeralStorage > old.ephemeralStorage) return true;
  for (const name in requests.scalars ?? {})
    if ((now.scalars?.[name] ?? 0) > (old.scalars?.[name] ?? 0)) return true;
  return false;
}
