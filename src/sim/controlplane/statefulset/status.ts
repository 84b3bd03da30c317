/**
 * What a StatefulSet says of its pods.
 * Models pkg/controller/statefulset/stateful_set_control.go (updateStatus, updateStatefulSetStatus) and
 * stateful_set_utils.go.
 */
import { isReason } from '../../api/errors.ts';
import type { Pod, StatefulSet } from '../../api/types.ts';
import type { Millis } from '../../kernel/types.ts';
import type { ControllerContext } from '../controller.ts';
import {
  isRollingUpdate,
  isRunningAndAvailable,
  isRunningAndReady,
  isTerminating,
  replicasOf,
  revisionName,
  type Revisions,
} from './identity.ts';

export type StatefulSetStatus = StatefulSet['status'];

/** A status being worked out; the counts may be corrected until it is written. */
export interface Tally {
  replicas: number;
  ready: number;
  available: number;
  current: number;
  updated: number;
  currentRevision: string;
  readonly updateRevision: string;
  readonly collisionCount: number;
}

export function tally(
  set: StatefulSet,
  revisions: Revisions,
  collisionCount: number,
  pods: Iterable<Pod>,
  now: Millis,
): Tally {
  const t: Tally = {
    replicas: 0,
    ready: 0,
    available: 0,
    current: 0,
    updated: 0,
    currentRevision: revisions.current.metadata.name,
    updateRevision: revisions.update.metadata.name,
    collisionCount,
  };
  for (const pod of pods) {
    t.replicas++;
    if (isRunningAndReady(pod)) {
      t.ready++;
      if (isRunningAndAvailable(pod, set, now)) t.available++;
    }
    if (isTerminating(pod)) continue;
    if (revisionName(pod) === t.currentRevision) t.current++;
    if (revisionName(pod) === t.updateRevision) t.updated++;
  }
  return t;
}

/** When every pod is of the update's revision and ready, that revision is the current one from now on. */
export function completeUpdate(set: StatefulSet, t: Tally): void {
  const wanted = replicasOf(set);
  if (!isRollingUpdate(set) || t.updated !== wanted || t.ready !== wanted || t.replicas !== wanted) return;
  t.current = t.updated;
  t.currentRevision = t.updateRevision;
}

/** In the order and with the omissions of the JSON form. */
function toStatus(set: StatefulSet, t: Tally): StatefulSetStatus {
  return {
    observedGeneration: set.metadata.generation ?? 0,
    replicas: t.replicas,
    ...(t.ready === 0 ? {} : { readyReplicas: t.ready }),
    ...(t.current === 0 ? {} : { currentReplicas: t.current }),
    ...(t.updated === 0 ? {} : { updatedReplicas: t.updated }),
    currentRevision: t.currentRevision,
    updateRevision: t.updateRevision,
    collisionCount: t.collisionCount,
    ...(set.status.conditions === undefined ? {} : { conditions: set.status.conditions }),
    availableReplicas: t.available,
  };
}

const same = (a: StatefulSetStatus, b: StatefulSetStatus): boolean =>
  a.observedGeneration === b.observedGeneration &&
  (a.replicas ?? 0) === (b.replicas ?? 0) &&
  a.readyReplicas === b.readyReplicas &&
  a.currentReplicas === b.currentReplicas &&
  a.updatedReplicas === b.updatedReplicas &&
  a.currentRevision === b.currentRevision &&
  a.updateRevision === b.updateRevision &&
  (a.availableReplicas ?? 0) === (b.availableReplicas ?? 0);

/** Writes what changed; a conflict is tried again on a fresh read. */
export function writeStatus(ctx: ControllerContext, set: StatefulSet, t: Tally): void {
  const status = toStatus(set, t);
  if (same(set.status, status)) return;
  try {
    ctx.api.updateStatus<StatefulSet>({ ...set, status });
  } catch (error) {
    if (!isReason(error, 'Conflict')) throw error;
    ctx.api.updateStatus<StatefulSet>({
      ...ctx.api.get('StatefulSet', set.metadata.namespace!, set.metadata.name),
      status,
    });
  }
}
