/**
 * The end of a pod: its containers are stopped, its last status written, and it is removed from the API.
 * Models SyncTerminatingPod and SyncTerminatedPod of pkg/kubelet/kubelet.go and TerminatePod of the status
 * manager.
 */
import { retryDeferred } from './allocation.ts';
import { ApiError, isNotFound, isReason } from '../../api/errors.ts';
import { deepEqual } from '../../api/equal.ts';
import type { ContainerStatus, PodStatus } from '../../api/types.ts';
import type { Millis } from '../../kernel/types.ts';
import { removePod, stopSandbox } from '../runtime.ts';
import { containersOf } from '../world.ts';
import { unmountVolumes } from './claims.ts';
import { counted } from './pace.ts';
import { isTerminalPhase } from './podspec.ts';
import { stopProbes } from './probes.ts';
import { generateStatus, keepsPhase } from './status.ts';
import { refreshStatus, retryLater, writeStatus } from './statuswriter.ts';
import { killPodContainers, shortenStops } from './stopping.ts';
import type { Kubelet, KubeletTask, PodWorker } from './types.ts';
import { isSet } from '../isset.ts';

/**
 * The grace period that counts: the API's word, else the pod's own, at least a second. Models
 * calculateEffectiveGracePeriod.
 */
export function effectiveGraceMs(w: PodWorker, overrideMs?: Millis): Millis {
  let seconds = w.pod.metadata.deletionGracePeriodSeconds ?? 0;
  if (seconds === 0 && !isSet(w.pod.metadata.deletionTimestamp))
    seconds = w.pod.spec.terminationGracePeriodSeconds ?? 30;
  const ms = Math.max(seconds, 1) * 1000;
  return overrideMs === undefined ? ms : Math.min(ms, Math.max(overrideMs, 1000));
}

/** The pod is to end. Nothing is started for it any more. */
export function beginTermination(k: Kubelet, w: PodWorker, graceMs: Millis): void {
  if (w.stage !== 'syncing') return;
  w.stage = 'terminating';
  w.op = undefined;
  w.opToken += 1;
  w.again = false;
  w.graceMs = graceMs;
  w.killedAt = k.ctx.now;
  if (w.wakeTimer !== 0) k.ctx.cancel(w.wakeTimer);
  w.wakeTimer = 0;
  stopProbes(k, w, true);
  refreshStatus(k, w);
  if (w.final !== undefined && w.unwritten === false) writeStatus(k, w);
  killNext(k, w);
}

/** The grace period was shortened while the pod ends. */
export function shortenGrace(k: Kubelet, w: PodWorker, graceMs: Millis): void {
  if (w.stage !== 'terminating' || graceMs >= w.graceMs) return;
  w.graceMs = graceMs;
  shortenStops(k, w, Math.max(0, graceMs - (k.ctx.now - w.killedAt)));
}

/** Stops what still runs. When nothing does, the pod is terminated. */
export function killNext(k: Kubelet, w: PodWorker): void {
  if (!k.machine.runtimeUp) return;
  killPodContainers(k, w, Math.max(0, w.graceMs - (k.ctx.now - w.killedAt)));
  if (containersOf(k.machine, w.uid).every((c) => c.state !== 'running')) terminated(k, w);
}

function terminated(k: Kubelet, w: PodWorker): void {
  if (w.stage === 'terminated') return;
  w.stage = 'terminated';
  stopProbes(k, w, false);
  refreshStatus(k, w, true);
  // A terminal phase that was withheld while containers ran may be written now.
  if (w.final !== undefined || w.unwritten) writeStatus(k, w);
  stopSandbox(k.env, k.machine, w.uid);
  const delayMs = cleanupDelay(k);
  w.cleanupAt = k.ctx.now + delayMs;
  k.ctx.schedule(delayMs, { type: 'finish', uid: w.uid } satisfies KubeletTask as KubeletTask);
}

function cleanupDelay(k: Kubelet): number {
  const delay = k.ctx.latency('podCleanup');
  const tickMs = k.ctx.config.formerly?.podCleanupTickMs;
  if (tickMs === undefined) return delay;
  const sinceTick = k.ctx.now - k.machine.relistPhaseMs;
  return Math.ceil((sinceTick + delay) / tickMs) * tickMs - sinceTick;
}

const LOST = {
  exitCode: 137,
  reason: 'ContainerStatusUnknown',
  message: 'The container could not be located when the pod was terminated',
};

/** Whatever is not known of a pod that is over counts as failed. */
function terminalStatuses(
  statuses: readonly ContainerStatus[] | undefined,
  started: boolean,
): ContainerStatus[] {
  return (statuses ?? []).map((s) =>
    isSet(s.state?.terminated) || !started
      ? s
      : {
          ...s,
          ready: false,
          started: false,
          state: { terminated: { ...LOST, finishedAt: null as never, startedAt: null as never } },
        },
  );
}

/** The pod's resources are reclaimed: its last status, and its deletion where that is wanted. */
export function finish(k: Kubelet, w: PodWorker): void {
  if (w.stage !== 'terminated') return;
  // Its volumes go with its containers; what these have printed stays for as long as the Pod does.
  unmountVolumes(k, w.uid);
  if (w.gone) return forget(k, w);
  if (w.refusal !== undefined && !isSet(w.pod.metadata.deletionTimestamp)) {
    // Nobody waits for a refused pod's end: the status manager finds at its next batch that it may be told.
    w.unwritten = true;
    return retryLater(k);
  }
  w.status = lastStatus(k, w);
  writeStatus(k, w);
  // The object goes when its last status stands.
  if (isSet(w.pod.metadata.deletionTimestamp) && !w.unwritten) deleteFromApi(k, w);
}

/**
 * What had to wait for the kubelet's next request was written: where that was its last status, the object
 * goes. To write it once more would take the request that the deletion waits for (upstream's `syncPod` of
 * the status manager writes, then deletes).
 */
export function finishWritten(k: Kubelet, w: PodWorker): void {
  if (w.gone || !deepEqual(w.status, lastStatus(k, w))) finish(k, w);
  else deleteFromApi(k, w);
}

function lastStatus(k: Kubelet, w: PodWorker): PodStatus {
  const before = generateStatus(k, w, true);
  const started = (before.containerStatuses ?? []).some(
    (s) => isSet(s.state?.terminated) || isSet(s.lastState?.terminated),
  );
  return {
    ...before,
    ...(before.containerStatuses === undefined
      ? {}
      : { containerStatuses: terminalStatuses(before.containerStatuses, started) }),
    phase: isTerminalPhase(before.phase) || keepsPhase(k, w.pod) ? before.phase : 'Failed',
  };
}

function deleteFromApi(k: Kubelet, w: PodWorker): void {
  const { namespace, name } = w.pod.metadata;
  try {
    counted(k, () => {
      k.ctx.api.delete('Pod', namespace!, name, { gracePeriodSeconds: 0, preconditions: { uid: w.uid } });
    });
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    // A Pod of another uid has taken the name, or a write came in between: the next look at the API tells
    // which.
    if (
      isNotFound(error) ||
      isReason(error, 'Unreachable') ||
      k.ctx.config.planted === 'kubelet-gives-up-delete'
    )
      return;
    retryLater(k);
  }
}

/** Nothing is left of the pod on this node. */
export function forget(k: Kubelet, w: PodWorker): void {
  stopProbes(k, w, false);
  unmountVolumes(k, w.uid);
  removePod(k.env, k.machine, w.uid);
  k.state.workers.delete(w.uid);
  retryDeferred(k, w);
  for (const key of k.state.pullBackOff.keys())
    if (key.startsWith(`${w.uid}_`)) k.state.pullBackOff.delete(key);
}
