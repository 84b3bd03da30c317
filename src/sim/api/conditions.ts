/**
 * Conditions of pods and of objects with `metav1.Condition`s: looking one up, and setting one as Kubernetes
 * does (the transition time moves only when the status does). Models pkg/api/v1/pod/util.go and
 * staging/src/k8s.io/apimachinery/pkg/api/meta/conditions.go.
 */
import type { Millis } from '../kernel/types.ts';
import { rfc3339 } from './time.ts';
import type { Pod, PodCondition, PodStatus } from './types.ts';

/** A `metav1.Condition`. */
export interface Condition {
  type: string;
  status: 'True' | 'False' | 'Unknown';
  observedGeneration?: number;
  lastTransitionTime: string;
  reason: string;
  message: string;
}

export function podCondition(pod: Pod, type: string): PodCondition | undefined {
  return pod.status.conditions?.find((c) => c.type === type);
}

export function isPodReady(pod: Pod): boolean {
  const conditions = pod.status.conditions;
  if (conditions === undefined) return false;
  for (const c of conditions) if (c.type === 'Ready') return c.status === 'True';
  return false;
}

/** Phase Succeeded or Failed: its containers will not run again. */
export function isPodTerminal(pod: Pod): boolean {
  return pod.status.phase === 'Succeeded' || pod.status.phase === 'Failed';
}

/** The status with the condition set; the same status when nothing changes. */
export function withPodCondition(
  status: PodStatus,
  condition: { type: string; status: 'True' | 'False' | 'Unknown'; reason?: string; message?: string },
  now: Millis,
): PodStatus {
  const old = status.conditions?.find((c) => c.type === condition.type);
  if (
    old !== undefined &&
    old.status === condition.status &&
    (old.reason ?? '') === (condition.reason ?? '') &&
    (old.message ?? '') === (condition.message ?? '')
  )
    return status;
  const kept = old !== undefined && old.status === condition.status ? old.lastTransitionTime : undefined;
  const next: PodCondition = {
    type: condition.type,
    status: condition.status,
    lastTransitionTime: kept ?? rfc3339(now),
  };
  if (condition.reason !== undefined) next.reason = condition.reason;
  if (condition.message !== undefined) next.message = condition.message;
  const conditions = status.conditions ?? [];
  return {
    ...status,
    conditions: old === undefined ? [...conditions, next] : conditions.map((c) => (c === old ? next : c)),
  };
}

/** SetStatusCondition: the list with the condition set; the same list when nothing changes. */
export function withCondition<C extends Condition>(
  conditions: readonly C[],
  condition: Omit<Condition, 'lastTransitionTime'>,
  now: Millis,
): readonly C[] {
  const old = conditions.find((c) => c.type === condition.type);
  if (
    old !== undefined &&
    old.status === condition.status &&
    old.reason === condition.reason &&
    old.message === condition.message &&
    old.observedGeneration === condition.observedGeneration
  )
    return conditions;
  const { type, status, observedGeneration, reason, message } = condition;
  const lastTransitionTime =
    old !== undefined && old.status === status ? old.lastTransitionTime : rfc3339(now);
  const next = (
    observedGeneration === undefined
      ? { type, status, lastTransitionTime, reason, message }
      : { type, status, observedGeneration, lastTransitionTime, reason, message }
  ) as C;
  return old === undefined ? [...conditions, next] : conditions.map((c) => (c === old ? next : c));
}
