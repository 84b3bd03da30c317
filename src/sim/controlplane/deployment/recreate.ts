/**
 * The Recreate strategy: all old pods are gone before the first new one is made.
 * Models pkg/controller/deployment/recreate.go.
 */
import { isPodTerminal } from '../../api/conditions.ts';
import type { ReplicaSet } from '../../api/types.ts';
import { replicasOf } from './bounds.ts';
import { syncProgress } from './progress.ts';
import { cleanupHistory, scaleIfNeeded, syncReplicaSets } from './replicasets.ts';
import { active, type Rollout, type Sets } from './rollout.ts';
import { isComplete } from './status.ts';

export function rolloutRecreate(r: Rollout, list: readonly ReplicaSet[]): void {
  let sets = syncReplicaSets(r, list, false);
  if (scaleDownOld(r, sets) || oldPodsRun(r, sets)) {
    syncProgress(r, sets);
    return;
  }
  if (sets.fresh === undefined) sets = syncReplicaSets(r, list, true);
  scaleIfNeeded(r, sets.fresh!, replicasOf(r.d));
  if (isComplete(r.d, r.d.status)) cleanupHistory(r, sets.old);
  syncProgress(r, sets);
}

function scaleDownOld(r: Rollout, sets: Sets): boolean {
  let scaled = false;
  for (const rs of active(sets.old)) if (scaleIfNeeded(r, rs, 0).scaled) scaled = true;
  return scaled;
}

/** Pods being deleted still run; only those that finished do not. */
function oldPodsRun(r: Rollout, sets: Sets): boolean {
  return sets.old.some((rs) =>
    r.ctx.cache
      .controlledBy('Pod', rs.metadata.uid, rs.metadata.namespace)
      .some((pod) => !isPodTerminal(pod)),
  );
}
