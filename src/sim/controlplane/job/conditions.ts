/**
 * Conditions of a Job: what is decided (FailureTarget, SuccessCriteriaMet), what is done (Failed, Complete),
 * and Suspended. Models newCondition and ensureJobConditionStatus of pkg/controller/job/job_controller.go.
 */
import { rfc3339 } from '../../api/time.ts';
import type { Job } from '../../api/types.ts';
import type { Millis } from '../../kernel/types.ts';

type Conditions = NonNullable<Job['status']['conditions']>;
export type JobCondition = Conditions[number];
export type ConditionType = 'Complete' | 'Failed' | 'FailureTarget' | 'SuccessCriteriaMet' | 'Suspended';

export function condition(
  type: ConditionType,
  status: 'True' | 'False',
  reason: string,
  message: string,
  now: Millis,
): JobCondition {
  const at = rfc3339(now);
  return {
    type,
    status,
    lastProbeTime: at,
    lastTransitionTime: at,
    ...(reason === '' ? {} : { reason }),
    ...(message === '' ? {} : { message }),
  };
}

/** The condition of a type that holds. */
export const holding = (conditions: Conditions | undefined, type: ConditionType): JobCondition | undefined =>
  conditions?.find((c) => c.type === type && c.status === 'True');

/**
 * The list with the condition in it: in its type's place, or at the end. The same list when it says nothing
 * new; one that does not hold is not begun with.
 */
export function withCondition(conditions: Conditions, next: JobCondition): Conditions {
  const at = conditions.findIndex((c) => c.type === next.type);
  if (at < 0) return next.status === 'False' ? conditions : [...conditions, next];
  const old = conditions[at]!;
  const same =
    old.status === next.status &&
    (old.reason ?? '') === (next.reason ?? '') &&
    (old.message ?? '') === (next.message ?? '');
  return same ? conditions : conditions.map((c, i) => (i === at ? next : c));
}
