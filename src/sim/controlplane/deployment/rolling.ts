/**
 * The RollingUpdate strategy: one step per sync, up first, then down.
 * Models pkg/controller/deployment/rolling.go.
 */
import type { ReplicaSet } from '../../api/types.ts';
import {
  availableReplicas,
  maxUnavailable,
  newReplicaSetSize,
  replicasOf,
  wantedReplicas,
} from './bounds.ts';
import { syncProgress } from './progress.ts';
import { cleanupHistory, scaleIfNeeded, syncReplicaSets } from './replicasets.ts';
import { active, allSets, byCreation, type Rollout, type Sets } from './rollout.ts';
import { isComplete } from './status.ts';

export function rolloutRolling(r: Rollout, list: readonly ReplicaSet[]): void {
  const sets = syncReplicaSets(r, list, true);
  if (!reconcileNew(r, sets) && !reconcileOld(r, sets) && isComplete(r.d, r.d.status))
    cleanupHistory(r, sets.old);
  syncProgress(r, sets);
}

export function reconcileNew(r: Rollout, sets: Sets): boolean {
  const rs = sets.fresh!;
  const wanted = replicasOf(r.d);
  if (replicasOf(rs) === wanted) return false;
  const size =
    replicasOf(rs) > wanted
      ? wanted
      : newReplicaSetSize(r.d, allSets(sets), replicasOf(rs), r.ctx.config.planted);
  return scaleIfNeeded(r, rs, size).scaled;
}

/**
 * Scales the old ones down as far as enough stays available. Of the new replicas only those available count,
 * so that what is taken from the old is never more than what the new has made good.
 */
export function reconcileOld(r: Rollout, sets: Sets): boolean {
  const old = active(sets.old).sort(byCreation);
  if (wantedReplicas(old) === 0) return false;
  const minAvailable = replicasOf(r.d) - maxUnavailable(r.d, r.ctx.config.planted);
  if (r.ctx.config.planted === 'old-scaled-before-new-ready')
    return (
      scaleDownOld(
        r,
        old,
        { ...sets.fresh!, status: { ...sets.fresh!.status, availableReplicas: replicasOf(sets.fresh!) } },
        minAvailable,
      ) > 0
    );
  const newUnavailable = replicasOf(sets.fresh!) - (sets.fresh!.status.availableReplicas ?? 0);
  const budget = wantedReplicas(allSets(sets)) - minAvailable - newUnavailable;
  if (budget <= 0) return false;
  const unhealthy = cleanupUnhealthy(r, old, budget);
  if (unhealthy === undefined) return false;
  return unhealthy + scaleDownOld(r, old, sets.fresh!, minAvailable) > 0;
}

/**
 * Unavailable old replicas go first: they keep nobody available, and would block the rollout for ever if they
 * are broken. Replaces in `old`. A set with more replicas available than it wants was scaled down a moment
 * ago and its status does not say so yet; counting on it would take down too many. Upstream runs into an
 * error there ("got invalid request to scale down") and leaves scaling down to the next sync.
 * @returns undefined when a status is behind
 */
export function cleanupUnhealthy(r: Rollout, old: ReplicaSet[], budget: number): number | undefined {
  let total = 0;
  for (let i = 0; i < old.length && total < budget; i++) {
    const rs = old[i]!;
    const broken = replicasOf(rs) - (rs.status.availableReplicas ?? 0);
    if (replicasOf(rs) === 0 || broken === 0) continue;
    if (broken < 0) return undefined;
    const count = Math.min(budget - total, broken);
    old[i] = scaleIfNeeded(r, rs, replicasOf(rs) - count).rs;
    total += count;
  }
  return total;
}

export function scaleDownOld(
  r: Rollout,
  old: readonly ReplicaSet[],
  fresh: ReplicaSet,
  minAvailable: number,
): number {
  const surplus = availableReplicas([...old, fresh]) - minAvailable;
  let total = 0;
  for (const rs of old) {
    if (total >= surplus) break;
    const count = Math.min(replicasOf(rs), surplus - total);
    if (count <= 0) continue;
    scaleIfNeeded(r, rs, replicasOf(rs) - count);
    total += count;
  }
  return total;
}
