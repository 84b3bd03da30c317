/**
 * Whether a pod may be evicted, given the budgets that select it. The API server carries the answer out.
 * Models pkg/registry/core/pod/storage/eviction.go and component-helpers/apps/poddisruptionbudget/helpers.go.
 */
import { withMembers } from '../kernel/members.ts';
import type { Millis } from '../kernel/types.ts';
import { isPodReady, isPodTerminal, withCondition, type Condition } from './conditions.ts';
import { ApiError, forbidden, type StatusCause } from './errors.ts';
import { rfc3339 } from './time.ts';
import type { Pod, PodDisruptionBudget } from './types.ts';
import type { Bug } from '../planted.ts';

export type EvictionDecision =
  | { readonly allow: true; readonly update?: PodDisruptionBudget }
  | { readonly allow: false; readonly error: ApiError };

/** Evictions the disruption controller has not confirmed; beyond this many a budget refuses. */
const MAX_DISRUPTED_PODS = 2000;

const REFUSED = "Cannot evict pod as it would violate the pod's disruption budget.";

function refused(budget: PodDisruptionBudget, message: string, retryAfterSeconds: number): ApiError {
  const cause: StatusCause = { field: '', reason: 'DisruptionBudget', message };
  return new ApiError('TooManyRequests', REFUSED, {
    name: budget.metadata.name,
    causes: [cause],
    ...(retryAfterSeconds > 0 ? { retryAfterSeconds } : {}),
  });
}

/** The budget's conditions with DisruptionAllowed as `disruptionsAllowed` says. */
export function disruptionAllowedConditions(
  conditions: PodDisruptionBudget['status']['conditions'],
  disruptionsAllowed: number,
  observedGeneration: number | undefined,
  now: Millis,
): NonNullable<PodDisruptionBudget['status']['conditions']> {
  const enough = disruptionsAllowed > 0;
  const status = enough ? 'True' : 'False';
  const reason = enough ? 'SufficientPods' : 'InsufficientPods';
  const condition: Omit<Condition, 'lastTransitionTime'> =
    observedGeneration === undefined
      ? { type: 'DisruptionAllowed', status, reason, message: '' }
      : { type: 'DisruptionAllowed', status, observedGeneration, reason, message: '' };
  return withCondition((conditions ?? []) as Condition[], condition, now) as NonNullable<
    PodDisruptionBudget['status']['conditions']
  >;
}

/** Why a budget without allowance says no. */
function whyNot(budget: PodDisruptionBudget): string {
  const { name } = budget.metadata;
  const { conditions, currentHealthy = 0, desiredHealthy = 0 } = budget.status;
  const failed = conditions?.find(
    (c) => c.type === 'DisruptionAllowed' && c.status === 'False' && c.message !== '',
  );
  // The counts are not to be trusted while the budget cannot be computed.
  if (failed?.reason === 'SyncFailed') {
    return (
      `The disruption budget ${name} does not allow evicting pods currently because it failed sync: ` +
      `${failed.message}`
    );
  }
  if (currentHealthy <= desiredHealthy) {
    return (
      `The disruption budget ${name} needs ${desiredHealthy} healthy pods and has ${currentHealthy} ` +
      'currently'
    );
  }
  if (failed !== undefined)
    return (
      `The disruption budget ${name} does not allow evicting pods currently (${failed.reason}): ` +
      `${failed.message}`
    );
  return `The disruption budget ${name} does not allow evicting pods currently`;
}

/** Has no prototype: V8 would make a shape, and keep it, for every name of a pod there ever is. */
function withDisrupted(
  before: Readonly<Record<string, string>> | undefined,
  pod: string,
  at: string,
): Record<string, string> {
  const times = Object.assign(Object.create(null) as Record<string, string>, before);
  times[pod] = at;
  return times;
}

/** Takes one disruption from the budget, or says why it cannot (checkAndDecrement). */
function spend(
  pod: Pod,
  budget: PodDisruptionBudget,
  now: Millis,
  planted: Bug | undefined,
): EvictionDecision {
  const { metadata, status } = budget;
  const allowed = status.disruptionsAllowed ?? 0;
  if (
    (status.observedGeneration ?? 0) < (metadata.generation ?? 0) &&
    planted !== 'eviction-ignores-generation'
  ) {
    return {
      allow: false,
      error: refused(
        budget,
        `The disruption budget ${metadata.name} is still being processed by the server.`,
        10,
      ),
    };
  }
  const broken = (why: string): EvictionDecision => ({
    allow: false,
    error: forbidden('poddisruptionbudget', 'policy', metadata.name, why),
  });
  if (allowed < 0) return broken('pdb disruptions allowed is negative');
  if (Object.keys(status.disruptedPods ?? {}).length > MAX_DISRUPTED_PODS) {
    return broken('DisruptedPods map too big - too many evictions not confirmed by PDB controller');
  }
  if (allowed === 0) return { allow: false, error: refused(budget, whyNot(budget), 0) };
  const left = planted === 'budget-not-spent' ? allowed : allowed - 1;
  const update: PodDisruptionBudget = { ...budget };
  update.status = withMembers(status, {
    disruptedPods: withDisrupted(status.disruptedPods, pod.metadata.name, rfc3339(now)),
    disruptionsAllowed: left,
  });
  if (left === 0)
    update.status.conditions = disruptionAllowedConditions(
      status.conditions,
      0,
      status.observedGeneration,
      now,
    );
  return { allow: true, update };
}

/**
 * @param budgets the budgets whose selector matches the pod
 * @returns whether to delete the pod; `update` is the budget to write before
 */
export function decideEviction(
  pod: Pod,
  budgets: readonly PodDisruptionBudget[],
  now: Millis,
  planted?: Bug,
): EvictionDecision {
  // Such a pod serves nobody, or is going already.
  if (isPodTerminal(pod) || pod.status.phase === 'Pending' || pod.metadata.deletionTimestamp !== undefined)
    return { allow: true };
  if (budgets.length === 0 || planted === 'eviction-ignores-budgets') return { allow: true };
  if (budgets.length > 1) {
    const error = new ApiError(
      'InternalError',
      'This pod has more than one PodDisruptionBudget, which the eviction subresource does not support.',
    );
    return { allow: false, error };
  }
  const budget = budgets[0]!;
  if (!isPodReady(pod)) {
    if (budget.spec.unhealthyPodEvictionPolicy === 'AlwaysAllow') return { allow: true };
    // IfHealthyBudget: the application is not disrupted, and losing an unhealthy pod does not disrupt it.
    const { currentHealthy = 0, desiredHealthy = 0 } = budget.status;
    if (currentHealthy >= desiredHealthy && desiredHealthy > 0) return { allow: true };
  }
  return spend(pod, budget, now, planted);
}
