/**
 * Pods as invariants look at them; said again here, so that an invariant does not rest on the code it is to
 * hold to account.
 */
import { podResources } from '../sim/api/podrequests.ts';
import { milliValue } from '../sim/api/quantity.ts';
import { parseTime } from '../sim/api/time.ts';
import type { OwnerReference, Pod } from '../sim/api/types.ts';
import type { Millis } from '../sim/kernel/types.ts';

export const isTerminating = (pod: Pod): boolean => pod.metadata.deletionTimestamp !== undefined;
export const hasEnded = (pod: Pod): boolean =>
  pod.status.phase === 'Succeeded' || pod.status.phase === 'Failed';
export const isReady = (pod: Pod): boolean =>
  pod.status.conditions?.some((c) => c.type === 'Ready' && c.status === 'True') === true;
/** Since when it is Ready; undefined while it is not. */
function readySince(pod: Pod): Millis | undefined {
  const ready = pod.status.conditions?.find((c) => c.type === 'Ready' && c.status === 'True');
  return ready?.lastTransitionTime === undefined ? undefined : parseTime(ready.lastTransitionTime);
}
/** Ready, and meant to stay. */
export const isHealthy = (pod: Pod): boolean => isReady(pod) && !isTerminating(pod);
export const ownerOf = (o: {
  metadata: { ownerReferences?: readonly OwnerReference[] };
}): OwnerReference | undefined => o.metadata.ownerReferences?.find((r) => r.controller === true);

/**
 * Whether a controller still waits for the Pod: it is ready and not yet available, or it is given time to
 * end.
 * @param minReadyMs how long it must be ready to count as available
 */
export function isWaitedFor(pod: Pod, minReadyMs: Millis, now: Millis): boolean {
  const { deletionTimestamp } = pod.metadata;
  if (deletionTimestamp !== undefined) return parseTime(deletionTimestamp) >= now;
  const since = readySince(pod);
  return since !== undefined && since + minReadyMs > now;
}

const requests = new WeakMap<Pod['spec'], ReadonlyMap<string, number>>();

/** What the Pod asks of a node, by resource, in thousandths: containers, init containers, overhead. */
export function requestsOf({ spec }: Pod): ReadonlyMap<string, number> {
  let found = requests.get(spec);
  if (found === undefined) {
    found = new Map([...podResources(spec, 'requests')].map(([name, q]) => [name, milliValue(q)]));
    requests.set(spec, found);
  }
  return found;
}

/** `25%` or a number, of a whole. */
export function amountOf(
  value: number | string | undefined,
  whole: number,
  round: 'up' | 'down',
): number | undefined {
  if (value === undefined || value === null) return undefined;
  if (typeof value === 'number') return value;
  const percent = Number.parseInt(value, 10);
  // In whole numbers: 10 % of 30 is 3 exactly.
  const parts = percent * whole;
  return round === 'up' ? Math.ceil(parts / 100) : Math.floor(parts / 100);
}
