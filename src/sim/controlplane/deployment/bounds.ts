/**
 * How far a rolling update may go: surge, unavailability, and the share of each ReplicaSet when a rollout is
 * scaled. Models pkg/controller/deployment/util/deployment_util.go.
 */
import { scaledValue } from '../../api/intorstring.ts';
import type { Deployment, IntOrString, ReplicaSet } from '../../api/types.ts';
import { desiredReplicas, maxReplicasAnnotation } from './annotations.ts';
import type { Bug } from '../../planted.ts';

export interface Fenceposts {
  readonly surge: number;
  readonly unavailable: number;
}

/**
 * Surge rounds up, unavailability down; when both come to 0, one may be unavailable, or the update could
 * never move.
 */
export function resolveFenceposts(
  maxSurge: IntOrString | undefined,
  maxUnavailable: IntOrString | undefined,
  desired: number,
  planted?: Bug,
): Fenceposts {
  const surge = scaledValue(maxSurge ?? 0, desired, true);
  const unavailable = scaledValue(maxUnavailable ?? 0, desired, planted === 'unavailable-rounded-up');
  return surge === 0 && unavailable === 0 ? { surge, unavailable: 1 } : { surge, unavailable };
}

export const replicasOf = (o: { spec: { replicas?: number } }): number => o.spec.replicas ?? 1;
export const isRollingUpdate = (d: Deployment): boolean =>
  (d.spec.strategy?.type ?? 'RollingUpdate') === 'RollingUpdate';

function fenceposts(d: Deployment, planted?: Bug): Fenceposts {
  return resolveFenceposts(
    d.spec.strategy?.rollingUpdate?.maxSurge,
    d.spec.strategy?.rollingUpdate?.maxUnavailable,
    replicasOf(d),
    planted,
  );
}

/** How many pods beyond spec.replicas a rolling update may have. */
export const maxSurge = (d: Deployment): number => (isRollingUpdate(d) ? fenceposts(d).surge : 0);

/** How many of spec.replicas may be unavailable. */
export function maxUnavailable(d: Deployment, planted?: Bug): number {
  if (!isRollingUpdate(d) || replicasOf(d) === 0) return 0;
  return Math.min(fenceposts(d, planted).unavailable, replicasOf(d));
}

type Sized = ReplicaSet | undefined;
const sum = (sets: readonly Sized[], count: (rs: ReplicaSet) => number): number => {
  let total = 0;
  for (const rs of sets) if (rs !== undefined) total += count(rs);
  return total;
};
export const wantedReplicas = (sets: readonly Sized[]): number => sum(sets, replicasOf);
export const actualReplicas = (sets: readonly Sized[]): number => sum(sets, (rs) => rs.status.replicas ?? 0);
export const readyReplicas = (sets: readonly Sized[]): number =>
  sum(sets, (rs) => rs.status.readyReplicas ?? 0);
export const availableReplicas = (sets: readonly Sized[]): number =>
  sum(sets, (rs) => rs.status.availableReplicas ?? 0);

/** Undefined while a ReplicaSet that the controller has seen does not say it. */
export function terminatingReplicas(sets: readonly Sized[]): number | undefined {
  let total = 0;
  for (const rs of sets) {
    if (rs === undefined) continue;
    if (rs.status.terminatingReplicas !== undefined) total += rs.status.terminatingReplicas;
    else if ((rs.status.observedGeneration ?? 0) !== 0) return undefined;
  }
  return total;
}

/** The size the new ReplicaSet is to have next: as much more as surge allows. */
export function newReplicaSetSize(
  d: Deployment,
  sets: readonly Sized[],
  current: number,
  planted?: Bug,
): number {
  if (!isRollingUpdate(d)) return replicasOf(d);
  if (planted === 'surge-unbounded') return replicasOf(d);
  const ceiling =
    replicasOf(d) + scaledValue(d.spec.strategy?.rollingUpdate?.maxSurge ?? 0, replicasOf(d), true);
  const total = wantedReplicas(sets);
  if (total >= ceiling) return current;
  return current + Math.min(ceiling - total, replicasOf(d) - current);
}

/** Whether the ReplicaSet alone is all the Deployment wants, and available. */
export function isSaturated(d: Deployment, rs: Sized): boolean {
  return (
    rs !== undefined &&
    desiredReplicas(rs) === replicasOf(d) &&
    replicasOf(rs) === replicasOf(d) &&
    (rs.status.availableReplicas ?? 0) === replicasOf(d)
  );
}

/** Half away from zero, as Go's integer.RoundToInt32. */
const round = (x: number): number => (x < 0 ? Math.ceil(x - 0.5) : Math.floor(x + 0.5));

/** What a ReplicaSet should gain (or lose) so that its share of the Deployment stays what it was. */
function fraction(rs: ReplicaSet, d: Deployment): number {
  if (replicasOf(d) === 0) return -replicasOf(rs);
  let before = maxReplicasAnnotation(rs) ?? 0;
  if (before === 0) before = d.status.replicas ?? 0;
  if (before === 0) return 0;
  return round((replicasOf(rs) * (replicasOf(d) + maxSurge(d))) / before) - replicasOf(rs);
}

/** Its share of `toAdd` (negative: to remove), of which `added` is given out already. */
export function proportion(rs: ReplicaSet, d: Deployment, toAdd: number, added: number): number {
  if (replicasOf(rs) === 0 || toAdd === 0 || toAdd === added) return 0;
  const share = fraction(rs, d);
  const allowed = toAdd - added;
  return toAdd > 0 ? Math.min(share, allowed) : Math.max(share, allowed);
}
