/**
 * A Deployment's conditions.
 * Models pkg/controller/deployment/util/deployment_util.go.
 */
import { rfc3339 } from '../../api/time.ts';
import type { Deployment } from '../../api/types.ts';
import type { Millis } from '../../kernel/types.ts';

export type DeploymentStatus = Deployment['status'];
export type Condition = NonNullable<DeploymentStatus['conditions']>[number];

export function condition(
  type: string,
  status: 'True' | 'False' | 'Unknown',
  reason: string,
  message: string,
  now: Millis,
): Condition {
  const at = rfc3339(now);
  return { type, status, lastUpdateTime: at, lastTransitionTime: at, reason, message };
}

export function findCondition(status: DeploymentStatus, type: string): Condition | undefined {
  return status.conditions?.find((c) => c.type === type);
}

/**
 * One with the same status and reason is left as it is; a new one goes last and keeps the transition time of
 * an equal status.
 */
export function setCondition(conditions: readonly Condition[], c: Condition): readonly Condition[] {
  const old = conditions.find((o) => o.type === c.type);
  if (old !== undefined && old.status === c.status && old.reason === c.reason) return conditions;
  const rest = conditions.filter((o) => o !== old);
  if (old === undefined || old.status !== c.status || old.lastTransitionTime === undefined)
    return [...rest, c];
  return [...rest, { ...c, lastTransitionTime: old.lastTransitionTime }];
}

export function removeCondition(conditions: readonly Condition[], type: string): readonly Condition[] {
  return conditions.some((c) => c.type === type) ? conditions.filter((c) => c.type !== type) : conditions;
}
