/**
 * What a ReplicaSet says of its pods.
 * Models pkg/controller/replicaset/replica_set_utils.go.
 */
import type { ApiError } from '../../api/errors.ts';
import { isReason } from '../../api/errors.ts';
import { rfc3339 } from '../../api/time.ts';
import type { KubeObject, ReplicaSet } from '../../api/types.ts';
import type { Millis } from '../../kernel/types.ts';
import type { ControllerContext } from '../controller.ts';
import type { Replicator } from './replicator.ts';

export type ReplicaSetStatus = ReplicaSet['status'];
type Condition = NonNullable<ReplicaSetStatus['conditions']>[number];

/** What a status counts. */
export interface Counts {
  readonly active: number;
  readonly labelled: number;
  readonly ready: number;
  readonly terminating: number;
}

/**
 * @param available of those ready
 * @param failure why pods could not be created or deleted in this sync
 */
export function calculateStatus(
  rs: ReplicaSet,
  counts: Counts,
  available: number,
  failure: ApiError | undefined,
  now: Millis,
): ReplicaSetStatus {
  return replicaSetStatus(
    counts,
    available,
    rs.metadata.generation ?? 0,
    conditionsAfter(rs, counts.active, failure, now),
  );
}

function conditionsAfter(
  rs: ReplicaSet,
  active: number,
  failure: ApiError | undefined,
  now: Millis,
): Condition[] {
  const old: Condition[] = rs.status.conditions ?? [];
  const failed = old.find((c) => c.type === 'ReplicaFailure');
  if (failure === undefined) return failed === undefined ? old : old.filter((c) => c !== failed);
  if (failed !== undefined) return old;
  const wanted = rs.spec.replicas ?? 1;
  const reason = active < wanted ? 'FailedCreate' : active > wanted ? 'FailedDelete' : '';
  return [
    ...old,
    {
      type: 'ReplicaFailure',
      status: 'True',
      lastTransitionTime: rfc3339(now),
      reason,
      message: failure.message,
    },
  ];
}

/** In the order and with the omissions of the JSON form. */
function replicaSetStatus(
  s: Counts,
  available: number,
  observedGeneration: number,
  conditions: Condition[],
): ReplicaSetStatus {
  const status: ReplicaSetStatus = { replicas: s.active };
  if (s.labelled !== 0) status.fullyLabeledReplicas = s.labelled;
  if (s.ready !== 0) status.readyReplicas = s.ready;
  if (available !== 0) status.availableReplicas = available;
  status.terminatingReplicas = s.terminating;
  status.observedGeneration = observedGeneration;
  if (conditions.length > 0) status.conditions = conditions;
  return status;
}

const same = (a: ReplicaSetStatus, b: ReplicaSetStatus): boolean =>
  a.replicas === b.replicas &&
  a.fullyLabeledReplicas === b.fullyLabeledReplicas &&
  a.readyReplicas === b.readyReplicas &&
  a.availableReplicas === b.availableReplicas &&
  a.terminatingReplicas === b.terminatingReplicas &&
  a.observedGeneration === b.observedGeneration &&
  a.conditions === b.conditions;

/**
 * Writes what changed; a conflict is tried once more on a fresh read. @throws ApiError when that fails too
 */
export function writeStatus(
  of: Replicator,
  ctx: ControllerContext,
  rs: ReplicaSet,
  calculated: ReplicaSetStatus,
): ReplicaSetStatus {
  const status = of.status(calculated);
  if (same(rs.status, status)) return rs.status;
  try {
    ctx.api.updateStatus({ ...of.stored(rs), status });
    return status;
  } catch (error) {
    if (!isReason(error, 'Conflict', 'Timeout', 'ServerTimeout', 'InternalError', 'ServiceUnavailable'))
      throw error;
    const fresh = ctx.api.get(of.kind, rs.metadata.namespace!, rs.metadata.name);
    ctx.api.updateStatus({ ...fresh, status } as KubeObject);
    return status;
  }
}
