/**
 * Scaling outside of a rollout's steps: on a change of spec.replicas, or while paused, every active
 * ReplicaSet keeps its share. Models pkg/controller/deployment/sync.go (sync, scale, isScalingEvent) and util
 * (FindActiveOrLatest).
 */
import type { ReplicaSet } from '../../api/types.ts';
import { desiredReplicas } from './annotations.ts';
import { isRollingUpdate, isSaturated, maxSurge, proportion, replicasOf, wantedReplicas } from './bounds.ts';
import { cleanupHistory, scaleIfNeeded, scaleReplicaSet, syncReplicaSets } from './replicasets.ts';
import { active, allSets, byCreation, type Rollout, type Sets } from './rollout.ts';
import { syncStatus } from './status.ts';

/** Scales and reports, and makes no step of a rollout. */
export function syncScale(r: Rollout, list: readonly ReplicaSet[]): void {
  const sets = syncReplicaSets(r, list, false);
  scale(r, sets);
  if (r.d.spec.paused === true) cleanupHistory(r, sets.old);
  syncStatus(r, sets);
}

/** Whether an active ReplicaSet was last scaled for another spec.replicas. */
export function isScalingEvent(r: Rollout, list: readonly ReplicaSet[]): boolean {
  const sets = syncReplicaSets(r, list, false);
  return active(allSets(sets)).some((rs) => {
    const desired = desiredReplicas(rs);
    return desired !== undefined && desired !== replicasOf(r.d);
  });
}

/** The only active ReplicaSet, or the newest when none is; undefined when several are. */
function activeOrLatest(sets: Sets): ReplicaSet | undefined {
  const running = active(allSets(sets));
  if (running.length > 1) return undefined;
  if (running.length === 1) return running[0];
  return sets.fresh ?? [...sets.old].sort(byCreation).at(-1);
}

/** Gives every active ReplicaSet its share of spec.replicas. */
export function scale(r: Rollout, sets: Sets): void {
  const only = activeOrLatest(sets);
  if (only !== undefined) {
    scaleIfNeeded(r, only, replicasOf(r.d));
    return;
  }
  if (isSaturated(r.d, sets.fresh)) {
    for (const rs of active(sets.old)) scaleIfNeeded(r, rs, 0);
    return;
  }
  if (isRollingUpdate(r.d)) {
    for (const { rs, size } of proportionalSizes(r, active(allSets(sets)))) scaleReplicaSet(r, rs, size);
  }
}

/**
 * The larger first; of equals the newer when growing, the older when shrinking. The largest takes what
 * rounding leaves over.
 */
function proportionalSizes(r: Rollout, sets: ReplicaSet[]): { rs: ReplicaSet; size: number }[] {
  const { d } = r;
  const allowed = replicasOf(d) > 0 ? replicasOf(d) + maxSurge(d) : 0;
  const toAdd = allowed - wantedReplicas(sets);
  if (toAdd !== 0)
    sets.sort((a, b) => replicasOf(b) - replicasOf(a) || (toAdd > 0 ? byCreation(b, a) : byCreation(a, b)));
  let added = 0;
  const sizes = sets.map((rs) => {
    const share = proportion(rs, d, toAdd, added);
    added += share;
    return { rs, size: replicasOf(rs) + share };
  });
  if (toAdd !== 0 && sizes.length > 0) sizes[0]!.size = Math.max(0, sizes[0]!.size + toAdd - added);
  return sizes;
}
