/**
 * Updates of status. Models the Validate…StatusUpdate functions of pkg/apis/{apps,core,policy}/validation.
 */
import { isNil } from '../defaults/fill.ts';
import type { Deployment, Pod, PodDisruptionBudget, PodStatus, ReplicaSet, StatefulSet } from '../types.ts';
import { forbidden, invalidValue, nonNegative, type Causes } from './field.ts';

function counts(status: object, names: readonly string[], out: Causes): void {
  for (const name of names) nonNegative((status as Record<string, unknown>)[name], `status.${name}`, out);
}

/** No count may exceed the replicas there are, nor the available the ready. */
function bounded(status: object, names: readonly string[], ready: string, out: Causes): void {
  const of = (name: string): number => ((status as Record<string, unknown>)[name] as number | undefined) ?? 0;
  for (const name of names) {
    if (of(name) > of('replicas'))
      out.push(invalidValue(`status.${name}`, of(name), 'cannot be greater than status.replicas'));
  }
  if (of('availableReplicas') > of('readyReplicas')) {
    out.push(
      invalidValue('status.availableReplicas', of('availableReplicas'), `cannot be greater than ${ready}`),
    );
  }
}

export function validateDeploymentStatus({ status }: Deployment, old: Deployment, out: Causes): void {
  counts(
    status,
    [
      'observedGeneration',
      'replicas',
      'updatedReplicas',
      'readyReplicas',
      'availableReplicas',
      'unavailableReplicas',
      'collisionCount',
    ],
    out,
  );
  bounded(status, ['updatedReplicas', 'readyReplicas', 'availableReplicas'], 'readyReplicas', out);
  if ((status.collisionCount ?? 0) < (old.status.collisionCount ?? 0)) {
    out.push(invalidValue('status.collisionCount', status.collisionCount ?? 0, 'cannot be decremented'));
  }
}

export function validateReplicaSetStatus({ status }: ReplicaSet, _old: ReplicaSet, out: Causes): void {
  const names = ['fullyLabeledReplicas', 'readyReplicas', 'availableReplicas'];
  counts(status, ['replicas', ...names, 'observedGeneration'], out);
  bounded(status, names, 'readyReplicas', out);
}

export function validateStatefulSetStatus({ status }: StatefulSet, _old: StatefulSet, out: Causes): void {
  const names = ['readyReplicas', 'currentReplicas', 'updatedReplicas', 'availableReplicas'];
  counts(status, ['replicas', ...names, 'observedGeneration', 'collisionCount'], out);
  bounded(status, names, 'status.readyReplicas', out);
}

export function validateBudgetStatus(
  { status }: PodDisruptionBudget,
  _old: PodDisruptionBudget,
  out: Causes,
): void {
  counts(status, ['disruptionsAllowed', 'currentHealthy', 'desiredHealthy', 'expectedPods'], out);
}

/** Where nothing restarts, what has ended stays ended. */
function ended(
  next: PodStatus['containerStatuses'],
  old: PodStatus['containerStatuses'],
  policy: string | undefined,
  field: string,
  out: Causes,
): void {
  if (policy === 'Always' || old === undefined || next === old) return;
  old.forEach((before, i) => {
    const terminated = before.state?.terminated;
    if (isNil(terminated) || (terminated.exitCode !== 0 && policy === 'OnFailure')) return;
    const now = (next ?? []).find((s) => s.name === before.name);
    if (now !== undefined && isNil(now.state?.terminated))
      out.push(forbidden(`${field}[${i}].state`, 'may not be transitioned to non-terminated state'));
  });
}

export function validatePodStatus(next: Pod, old: Pod, out: Causes): void {
  if (next.status.qosClass !== old.status.qosClass)
    out.push(invalidValue('status.qosClass', next.status.qosClass, 'field is immutable'));
  ended(
    next.status.containerStatuses,
    old.status.containerStatuses,
    old.spec.restartPolicy,
    'status.containerStatuses',
    out,
  );
}
