/**
 * Pods as invariants look at them; said again here, so that an invariant does not rest on the code it is to
 * hold to account.
 */
import type { OwnerReference, Pod } from '../sim/api/types.ts';

export const isTerminating = (pod: Pod): boolean => pod.metadata.deletionTimestamp !== undefined;
export const hasEnded = (pod: Pod): boolean =>
  pod.status.phase === 'Succeeded' || pod.status.phase === 'Failed';
export const isReady = (pod: Pod): boolean =>
  pod.status.conditions?.some((c) => c.type === 'Ready' && c.status === 'True') === true;
/** Ready, and meant to stay. */
export const isHealthy = (pod: Pod): boolean => isReady(pod) && !isTerminating(pod);
export const ownerOf = (o: {
  metadata: { ownerReferences?: readonly OwnerReference[] };
}): OwnerReference | undefined => o.metadata.ownerReferences?.find((r) => r.controller === true);

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
