/** What a Pod's columns are made from. Source: pkg/printers/internalversion/printers.go (`printPod`). */
import type { Millis } from '../../kernel/types.ts';
import { parseTime } from '../time.ts';
import type { ContainerStatus, Pod } from '../types.ts';
import { humanDuration } from './age.ts';
import { NONE } from './column.ts';

interface Restarts {
  count: number;
  /** Timestamp of the last one, '' when unknown. */
  last: string;
}

function countRestarts(into: Restarts, status: ContainerStatus): void {
  into.count += status.restartCount;
  const finished = status.lastState?.terminated?.finishedAt as string | undefined;
  if (finished !== undefined && (into.last === '' || parseTime(finished) > parseTime(into.last)))
    into.last = finished;
}

const terminatedReason = (t: { reason?: string; signal?: number; exitCode: number }): string => {
  if (t.reason) return t.reason;
  return t.signal ? `Signal:${t.signal}` : `ExitCode:${t.exitCode}`;
};

const hasCondition = (pod: Pod, type: string): boolean =>
  (pod.status.conditions ?? []).some((c) => c.type === type && c.status === 'True');

export interface PodSummary {
  ready: number;
  total: number;
  /** The STATUS column. */
  status: string;
  restarts: number;
  lastRestart: string;
}

/** What the READY, STATUS and RESTARTS columns are made from. */
export function summarizePod(pod: Pod): PodSummary {
  const { status } = pod;
  const initContainers = pod.spec.initContainers ?? [];
  const isSidecar = (name: string): boolean =>
    initContainers.some((c) => c.name === name && c.restartPolicy === 'Always');
  const total =
    pod.spec.containers.length + initContainers.filter((c) => c.restartPolicy === 'Always').length;
  let ready = 0;
  let reason: string = status.reason || status.phase || '';
  for (const c of status.conditions ?? []) {
    if (c.type === 'PodScheduled' && c.reason === 'SchedulingGated') reason = 'SchedulingGated';
  }

  let restarts: Restarts = { count: 0, last: '' };
  const sidecarRestarts: Restarts = { count: 0, last: '' };
  let initializing = false;
  const initStatuses = status.initContainerStatuses ?? [];
  for (let i = 0; i < initStatuses.length; i += 1) {
    const c = initStatuses[i]!;
    countRestarts(restarts, c);
    const sidecar = isSidecar(c.name);
    if (sidecar) countRestarts(sidecarRestarts, c);
    const terminated = c.state?.terminated;
    const waiting = c.state?.waiting;
    if (terminated && terminated.exitCode === 0) continue;
    if (sidecar && c.started) {
      if (c.ready) ready += 1;
      continue;
    }
    if (terminated) reason = `Init:${terminatedReason(terminated)}`;
    else if (waiting?.reason && waiting.reason !== 'PodInitializing') reason = `Init:${waiting.reason}`;
    else reason = `Init:${i}/${initContainers.length}`;
    initializing = true;
    break;
  }

  if (!initializing || hasCondition(pod, 'Initialized')) {
    restarts = sidecarRestarts;
    let running = false;
    const statuses = status.containerStatuses ?? [];
    for (let i = statuses.length - 1; i >= 0; i -= 1) {
      const c = statuses[i]!;
      countRestarts(restarts, c);
      if (c.state?.waiting?.reason) reason = c.state.waiting.reason;
      else if (c.state?.terminated) reason = terminatedReason(c.state.terminated);
      else if (c.ready && c.state?.running) {
        running = true;
        ready += 1;
      }
    }
    if (reason === 'Completed' && running) reason = hasCondition(pod, 'Ready') ? 'Running' : 'NotReady';
  }

  if (pod.metadata.deletionTimestamp !== undefined) {
    if (status.reason === 'NodeLost') reason = 'Unknown';
    else if (status.phase !== 'Succeeded' && status.phase !== 'Failed') reason = 'Terminating';
  }
  return { ready, total, status: reason, restarts: restarts.count, lastRestart: restarts.last };
}

/** `2`, `2 (3m ago)`. */
export function restartText({ restarts, lastRestart }: PodSummary, now: Millis): string {
  return restarts !== 0 && lastRestart !== ''
    ? `${restarts} (${humanDuration(now - parseTime(lastRestart))} ago)`
    : String(restarts);
}

/** `1/2`: how many readiness gates are open. */
export function readinessGateText(pod: Pod): string {
  const gates = pod.spec.readinessGates ?? [];
  const open = gates.filter((g) => hasCondition(pod, g.conditionType)).length;
  return gates.length === 0 ? NONE : `${open}/${gates.length}`;
}
