/**
 * Whether a rollout moves: the Progressing condition and its deadline.
 * Models pkg/controller/deployment/progress.go.
 */
import { parseTime } from '../../api/time.ts';
import type { Deployment, ReplicaSet } from '../../api/types.ts';
import type { Millis } from '../../kernel/types.ts';
import {
  condition,
  findCondition,
  removeCondition,
  setCondition,
  type Condition,
  type DeploymentStatus,
} from './conditions.ts';
import { allSets, hasProgressDeadline, type Rollout, type Sets } from './rollout.ts';
import { calculateStatus, isComplete, writeStatus } from './status.ts';

export function syncProgress(r: Rollout, sets: Sets): void {
  const { ctx, d } = r;
  const status = calculateStatus(d, sets, ctx);
  let conditions: readonly Condition[] = status.conditions ?? [];
  if (hasProgressDeadline(d)) conditions = progressing(d, sets, status, conditions, ctx.now);
  else conditions = removeCondition(conditions, 'Progressing');
  const failure = replicaFailure(sets);
  conditions =
    failure === undefined ? removeCondition(conditions, 'ReplicaFailure') : setCondition(conditions, failure);
  if (!writeStatus(r, { ...status, conditions: conditions as Condition[] })) requeueStuck(r);
}

function progressing(
  d: Deployment,
  sets: Sets,
  status: DeploymentStatus,
  conditions: readonly Condition[],
  now: Millis,
): readonly Condition[] {
  const current = findCondition(d.status, 'Progressing');
  // Only one ReplicaSet is active and had succeeded: this is a resync or a scale, not a rollout.
  if (
    (status.replicas ?? 0) === (status.updatedReplicas ?? 0) &&
    current?.reason === 'NewReplicaSetAvailable'
  )
    return conditions;
  const subject =
    sets.fresh === undefined ? `Deployment "${d.metadata.name}"` : `ReplicaSet "${sets.fresh.metadata.name}"`;
  if (isComplete(d, status)) {
    return setCondition(
      conditions,
      condition(
        'Progressing',
        'True',
        'NewReplicaSetAvailable',
        `${subject} has successfully progressed.`,
        now,
      ),
    );
  }
  if (isProgressing(d, status)) {
    // Progress renews the update time, from which the deadline counts, even when nothing else of the
    // condition changes.
    const next = condition('Progressing', 'True', 'ReplicaSetUpdated', `${subject} is progressing.`, now);
    const since = current?.status === 'True' ? current.lastTransitionTime : undefined;
    return setCondition(
      removeCondition(conditions, 'Progressing'),
      since === undefined ? next : { ...next, lastTransitionTime: since },
    );
  }
  if (isTimedOut(d, current, now)) {
    return setCondition(
      conditions,
      condition(
        'Progressing',
        'False',
        'ProgressDeadlineExceeded',
        `${subject} has timed out progressing.`,
        now,
      ),
    );
  }
  return conditions;
}

/** More updated, fewer old, more ready or more available replicas than the status said before. */
export function isProgressing(d: Deployment, status: DeploymentStatus): boolean {
  const old = d.status;
  const oldOnes = (s: DeploymentStatus): number => (s.replicas ?? 0) - (s.updatedReplicas ?? 0);
  return (
    (status.updatedReplicas ?? 0) > (old.updatedReplicas ?? 0) ||
    oldOnes(status) < oldOnes(old) ||
    (status.readyReplicas ?? 0) > (old.readyReplicas ?? 0) ||
    (status.availableReplicas ?? 0) > (old.availableReplicas ?? 0)
  );
}

/** Whether the last progress lies further back than progressDeadlineSeconds. */
export function isTimedOut(d: Deployment, current: Condition | undefined, now: Millis): boolean {
  if (current === undefined || !hasProgressDeadline(d) || current.reason === 'NewReplicaSetAvailable')
    return false;
  if (current.reason === 'ProgressDeadlineExceeded') return true;
  return parseTime(current.lastUpdateTime ?? '') + d.spec.progressDeadlineSeconds! * 1000 < now;
}

/** A failure of the new ReplicaSet before one of the old. */
function replicaFailure(sets: Sets): Condition | undefined {
  const of = (rs: ReplicaSet | undefined): Condition | undefined => {
    const found = rs?.status.conditions?.find((c) => c.type === 'ReplicaFailure');
    if (found === undefined) return undefined;
    const { type, status, lastTransitionTime, reason, message } = found;
    return { type, status, lastUpdateTime: lastTransitionTime, lastTransitionTime, reason, message };
  };
  const fresh = of(sets.fresh);
  if (fresh !== undefined) return fresh;
  for (const rs of allSets(sets)) {
    const failure = of(rs);
    if (failure !== undefined) return failure;
  }
  return undefined;
}

/**
 * What is left of the deadline of a rollout that does not move; undefined when there is nothing to wait for.
 */
export function deadlineLeftMs(d: Deployment, now: Millis): Millis | undefined {
  const current = findCondition(d.status, 'Progressing');
  if (
    !hasProgressDeadline(d) ||
    current === undefined ||
    isComplete(d, d.status) ||
    current.reason === 'ProgressDeadlineExceeded'
  )
    return undefined;
  // A rollout that succeeded and has lost replicas since does not time out. Upstream looks at it again every
  // few milliseconds, and finds nothing to write.
  if (current.reason === 'NewReplicaSetAvailable') return undefined;
  return Math.max(0, parseTime(current.lastUpdateTime ?? '') + d.spec.progressDeadlineSeconds! * 1000 - now);
}

/** Looks again when the deadline is over: a stuck rollout makes no events of its own. */
function requeueStuck(r: Rollout): void {
  const left = deadlineLeftMs(r.d, r.ctx.now);
  // Upstream polls through the last second; here the clock is exact, so the next look comes when it is over.
  if (left !== undefined) r.ctx.queue.addAfter(r.key, left < 1000 ? left + 1 : left + 1000);
}
