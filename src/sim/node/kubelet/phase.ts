/** A pod's phase from the states of its containers. Models getPhase of pkg/kubelet/kubelet_pods.go. */
import type { Container, ContainerStatus, PodSpec } from '../../api/types.ts';
import { isSet } from '../isset.ts';

export type PodPhase = 'Pending' | 'Running' | 'Succeeded' | 'Failed' | 'Unknown';

const byName = (statuses: readonly ContainerStatus[], name: string): ContainerStatus | undefined => {
  for (const status of statuses) if (status.name === name) return status;
  return undefined;
};
const sidecar = (c: Container): boolean => c.restartPolicy === 'Always';

/**
 * Whether any regular container runs or has run. Models HasAnyRegularContainerStarted of
 * pkg/kubelet/container/helpers.go.
 */
export function hasAnyRegularContainerStarted(spec: PodSpec, statuses: readonly ContainerStatus[]): boolean {
  for (const container of spec.containers) {
    const status = byName(statuses, container.name);
    if (
      status !== undefined &&
      (isSet(status.state?.running) || isSet(status.state?.terminated) || isSet(status.lastState?.terminated))
    )
      return true;
  }
  return false;
}

/**
 * @param statuses of init and regular containers together
 * @param terminal the containers are not restarted any more, whatever the policy says
 */
export function podPhase(
  spec: PodSpec,
  statuses: readonly ContainerStatus[],
  terminal: boolean,
  initialized: boolean,
): PodPhase {
  let pendingInit = 0;
  let failedInit = 0;
  let pendingSidecar = 0;
  let unknown = 0;
  let running = 0;
  let waiting = 0;
  let stopped = 0;
  let succeeded = 0;
  for (const container of spec.initContainers ?? []) {
    const status = byName(statuses, container.name);
    const { running: runs, terminated, waiting: waits } = status?.state ?? {};
    const last = status?.lastState?.terminated;
    if (sidecar(container)) {
      if (status === undefined) unknown += 1;
      else if (isSet(runs)) {
        if (status.started !== true) pendingSidecar += 1;
        running += 1;
      } else if (isSet(terminated) || (isSet(waits) && isSet(last))) {
        // A stopped sidecar has no say in the phase.
      } else {
        pendingSidecar += 1;
        if (isSet(waits)) waiting += 1;
        else unknown += 1;
      }
    } else if (isSet(terminated)) {
      if (terminated.exitCode !== 0) failedInit += 1;
    } else if (isSet(waits) && isSet(last)) {
      if (last.exitCode !== 0) failedInit += 1;
    } else {
      pendingInit += 1;
    }
  }
  for (const container of spec.containers) {
    const status = byName(statuses, container.name);
    const { running: runs, terminated, waiting: waits } = status?.state ?? {};
    if (isSet(runs)) running += 1;
    else if (isSet(terminated)) {
      stopped += 1;
      if (terminated.exitCode === 0) succeeded += 1;
    } else if (isSet(waits)) {
      if (isSet(status?.lastState?.terminated)) stopped += 1;
      else waiting += 1;
    } else unknown += 1;
  }
  const policy = spec.restartPolicy ?? 'Always';
  if (failedInit > 0 && policy === 'Never') return 'Failed';
  if (pendingInit > 0 || (pendingSidecar > 0 && !initialized) || waiting > 0) return 'Pending';
  if (running > 0 && unknown === 0) return 'Running';
  if (running === 0 && stopped > 0 && unknown === 0) {
    if (terminal) return stopped === succeeded ? 'Succeeded' : 'Failed';
    if (policy === 'Always') return 'Running';
    if (stopped === succeeded) return 'Succeeded';
    return policy === 'Never' ? 'Failed' : 'Running';
  }
  return 'Pending';
}
