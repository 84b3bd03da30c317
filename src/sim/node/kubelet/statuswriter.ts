/**
 * Keeps the API's idea of a pod's status at the kubelet's own. Models pkg/kubelet/status/status_manager.go.
 */
import { ApiError } from '../../api/errors.ts';
import { deepEqual } from '../../api/equal.ts';
import type { Pod, PodStatus } from '../../api/types.ts';
import { containersOf } from '../world.ts';
import { isStatic } from '../../api/mirror.ts';
import { counted, mustWaitMs } from './pace.ts';
import { adoptContainers, statusGenerated } from './probes.ts';
import { isTerminalPhase } from './podspec.ts';
import { generateStatus, KUBELET_CONDITIONS, mergeStatus } from './status.ts';
import { mirrorOf } from './staticpods.ts';
import type { Kubelet, PodWorker } from './types.ts';

/** Period of the status manager's batch, which repairs what did not get through. */
const SYNC_BATCH_MS = 10_000;

/** Generates the status anew, and writes it when it changed. */
export function refreshStatus(k: Kubelet, w: PodWorker, terminal = false): void {
  if (!k.machine.runtimeUp) return;
  if (w.probes.length > 0) adoptContainers(k, w);
  const status = generateStatus(k, w, terminal);
  if (w.status === undefined || !deepEqual(w.status, status)) {
    w.status = status;
    writeStatus(k, w);
  }
  if (w.probes.length > 0) statusGenerated(k, w);
}

/** Writes the status, or lets it wait until the kubelet's client may make a request: the last one counts. */
export function writeStatus(k: Kubelet, w: PodWorker): void {
  if (w.status === undefined || w.gone) return;
  const { status } = w;
  const waitMs = mustWaitMs(k);
  if (waitMs <= 0) return counted(k, () => write(k, w, status));
  w.unwritten = true;
  if (!k.state.flushDue) k.ctx.schedule(waitMs, { type: 'flushStatus' });
  k.state.flushDue = true;
}

function write(k: Kubelet, w: PodWorker, status: PodStatus): void {
  const { api } = k.ctx;
  const { metadata } = w.pod;
  try {
    const isFile = isStatic(w.pod);
    const current = isFile ? mirrorOf(k, w) : api.find('Pod', metadata.namespace!, metadata.name);
    w.unwritten = isFile && current === undefined;
    if (current === undefined || (!isFile && current.metadata.uid !== w.uid)) return;
    const running =
      w.stage !== 'terminated' &&
      (w.op?.kind === 'start' || containersOf(k.machine, w.uid).some((c) => c.state === 'running'));
    const now = k.ctx.now + k.machine.clockSkewMs;
    const merged = mergeStatus(current.status, status, running, now);
    if (deepEqual(current.status, merged)) {
      w.written = current;
      return;
    }
    const next = { ...current };
    next.status = merged;
    w.written = api.updateStatus<Pod>(next);
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    if (error.reason === 'NotFound') return;
    w.unwritten = true;
    // Where the server cannot be reached, the end of that is told (`reconnected`).
    if (error.reason !== 'Unreachable') retryLater(k);
  }
}

/**
 * Writes what did not get through, at the next batch; where the server cannot be reached, `reconnected` comes
 * first.
 */
export function retryLater(k: Kubelet): void {
  if (k.state.retryTimer !== 0) return;
  k.state.retryTimer = k.ctx.schedule(SYNC_BATCH_MS, { type: 'retryStatus' });
}

const ours = (status: PodStatus): readonly unknown[] =>
  (status.conditions ?? []).filter((c) => KUBELET_CONDITIONS.has(c.type));

/**
 * Whether someone else changed what is the kubelet's to say (the node life cycle controller sets Ready to
 * False).
 */
export function needsReconcile(w: PodWorker, inApi: PodStatus): boolean {
  if (w.status === undefined || inApi === w.written?.status) return false;
  if (inApi.phase !== w.status.phase && !isTerminalPhase(w.status.phase)) return true;
  return (
    !deepEqual(ours(inApi), ours(w.status)) || !deepEqual(inApi.containerStatuses, w.status.containerStatuses)
  );
}
