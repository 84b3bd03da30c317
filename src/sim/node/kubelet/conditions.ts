/** The pod conditions that the kubelet owns. Models pkg/kubelet/status/generate.go. */
import type { ContainerStatus, Pod, PodCondition } from '../../api/types.ts';
import type { PodPhase } from './phase.ts';
import { hasAnyRegularContainerStarted } from './phase.ts';
import { initContainersOf, isSidecar } from './podspec.ts';

/** A condition's verdict, before times are put to it. */
export interface Verdict {
  readonly status: 'True' | 'False';
  readonly reason?: string;
  readonly message?: string;
}

const TRUE: Verdict = { status: 'True' };
const list = (names: readonly string[]): string => `[${names.join(' ')}]`;

/** `containers with unknown status: [a b], containers with unready status: [c]`. */
function complaint(unknown: readonly string[], other: readonly string[], what: string): string {
  const parts: string[] = [];
  if (unknown.length > 0) parts.push(`containers with unknown status: ${list(unknown)}`);
  if (other.length > 0) parts.push(`containers with ${what} status: ${list(other)}`);
  return parts.join(', ');
}

/** @param statuses undefined: nothing is known of the containers */
export function containersReady(
  pod: Pod,
  statuses: readonly ContainerStatus[] | undefined,
  phase: PodPhase,
): Verdict {
  if (statuses === undefined) return { status: 'False', reason: 'UnknownContainerStatuses' };
  const unknown: string[] = [];
  const unready: string[] = [];
  const look = (name: string): void => {
    const status = statuses.find((s) => s.name === name);
    if (status === undefined) unknown.push(name);
    else if (!status.ready) unready.push(name);
  };
  for (const container of initContainersOf(pod)) if (isSidecar(container)) look(container.name);
  for (const container of pod.spec.containers) look(container.name);
  if (phase === 'Succeeded' && unknown.length === 0) return { status: 'False', reason: 'PodCompleted' };
  if (phase === 'Failed') return { status: 'False', reason: 'PodFailed' };
  const message = complaint(unknown, unready, 'unready');
  return message === '' ? TRUE : { status: 'False', reason: 'ContainersNotReady', message };
}

/** @param conditions of the pod, where readiness gates look */
export function podReady(pod: Pod, conditions: readonly PodCondition[], containers: Verdict): Verdict {
  if (containers.status !== 'True') return containers;
  const messages: string[] = [];
  for (const { conditionType } of pod.spec.readinessGates ?? []) {
    const found = conditions.find((c) => c.type === conditionType);
    if (found === undefined)
      messages.push(`corresponding condition of pod readiness gate "${conditionType}" does not exist.`);
    else if (found.status !== 'True')
      messages.push(`the status of pod readiness gate "${conditionType}" is not "True", but ${found.status}`);
  }
  return messages.length === 0
    ? TRUE
    : { status: 'False', reason: 'ReadinessGatesNotReady', message: messages.join(', ') };
}

/** @param statuses of init and regular containers together; undefined: nothing is known of them */
export function podInitialized(
  pod: Pod,
  statuses: readonly ContainerStatus[] | undefined,
  phase: PodPhase,
): Verdict {
  const inits = initContainersOf(pod);
  if (statuses === undefined && inits.length > 0)
    return { status: 'False', reason: 'UnknownContainerStatuses' };
  const known = statuses ?? [];
  const unknown: string[] = [];
  const incomplete: string[] = [];
  for (const container of inits) {
    const status = known.find((s) => s.name === container.name);
    if (status === undefined) unknown.push(container.name);
    else if (isSidecar(container) ? status.started !== true : !status.ready) incomplete.push(container.name);
  }
  if (phase === 'Succeeded' && unknown.length === 0) return { status: 'True', reason: 'PodCompleted' };
  if (hasAnyRegularContainerStarted(pod.spec, known)) return TRUE;
  const message = complaint(unknown, incomplete, 'incomplete');
  return message === '' ? TRUE : { status: 'False', reason: 'ContainersNotInitialized', message };
}
