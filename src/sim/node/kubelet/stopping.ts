/**
 * How a container is stopped: its preStop hook, its turn among the pod's containers, SIGTERM, SIGKILL.
 * Models killContainer, executePreStopHook and killContainersWithSyncResult of
 * pkg/kubelet/kuberuntime/kuberuntime_container.go, and kuberuntime_termination_order.go.
 */
import type { Millis } from '../../kernel/types.ts';
import { isSet } from '../isset.ts';
import { exitLater } from '../exit.ts';
import { stopContainer } from '../signal.ts';
import { containersOf, NEVER, type RuntimeContainer } from '../world.ts';
import { fieldPathOf, findContainerSpec, initContainersOf, isSidecar } from './podspec.ts';
import { runHook } from './prober.ts';
import type { Kubelet, KubeletTask, PodWorker, Stopping } from './types.ts';

/** However short the grace period, a container gets this long after its preStop hook. */
const MINIMUM_GRACE_MS = 2000;
const FOREVER_MS = 1e12;

/** Times that are taken off a grace period are cut to whole seconds, as upstream's int64 has them. */
const wholeSeconds = (ms: Millis): Millis => Math.floor(ms / 1000) * 1000;

const runningOf = (k: Kubelet, w: PodWorker): RuntimeContainer[] =>
  containersOf(k.machine, w.uid).filter((c) => c.state === 'running');

/** Stops one container: preStop hook, then SIGTERM, then SIGKILL when `graceMs` is over. */
export function killContainer(
  k: Kubelet,
  w: PodWorker,
  record: RuntimeContainer,
  graceMs: Millis,
  message: string,
): void {
  begin(k, w, record, graceMs, message, false);
}

/**
 * Stops all that runs of a pod. Hooks begin together; then regular containers get SIGTERM at once, sidecars
 * when what was declared after them is gone or the grace period is over.
 */
export function killPodContainers(k: Kubelet, w: PodWorker, graceMs: Millis): void {
  for (const record of runningOf(k, w))
    if (!record.awaited) begin(k, w, record, graceMs, `Stopping container ${record.name}`, true);
}

function begin(
  k: Kubelet,
  w: PodWorker,
  record: RuntimeContainer,
  graceMs: Millis,
  message: string,
  ordered: boolean,
): void {
  const container = findContainerSpec(w.pod, record.name)?.container;
  k.ctx.event(w.pod, 'Normal', 'Killing', message, { fieldPath: fieldPathOf(w.pod, record.name) });
  record.awaited = true;
  const stop: Stopping = { container: record.name, leftMs: graceMs, ordered, waitsSince: NEVER };
  w.stopping.set(record.id, stop);
  const hook = container?.lifecycle?.preStop;
  if (!isSet(hook) || graceMs <= 0) return takeTurn(k, w, record, stop);
  const { durationMs, failure, inContainer } = runHook(k, w.pod, container!, record, hook);
  const endsAt = Math.min(k.ctx.now + durationMs, Number.MAX_SAFE_INTEGER);
  stop.hook = { beganAt: k.ctx.now, endsAt, failed: failure !== '', inContainer };
  const waitMs = Math.min(durationMs, graceMs);
  if (waitMs <= 0) return hookOver(k, w, record.id);
  k.ctx.schedule(waitMs, {
    type: 'hookOver',
    uid: w.uid,
    id: record.id,
  } satisfies KubeletTask as KubeletTask);
}

/** A preStop hook has ended, or all of the grace period has gone by. */
export function hookOver(k: Kubelet, w: PodWorker, id: string): void {
  const stop = w.stopping.get(id);
  const record = k.machine.containers.get(id);
  if (stop?.hook === undefined || stop.signalled === true || record === undefined) return;
  const { beganAt, endsAt, failed } = stop.hook;
  stop.leftMs -= wholeSeconds(k.ctx.now - beganAt);
  if (endsAt <= k.ctx.now) {
    delete stop.hook;
    if (failed) hookFailed(k, w, stop);
  }
  if (record.state === 'running') takeTurn(k, w, record, stop);
}

/** What a hook printed is not told: it may hold secrets. */
const hookFailed = (k: Kubelet, w: PodWorker, stop: Stopping): void =>
  k.ctx.event(w.pod, 'Warning', 'FailedPreStopHook', 'PreStopHook failed', {
    fieldPath: fieldPathOf(w.pod, stop.container),
  });

/** Whether all that goes before a container is gone: for a sidecar what was declared after it. */
function hasTurn(k: Kubelet, w: PodWorker, record: RuntimeContainer): boolean {
  const sidecars = initContainersOf(w.pod)
    .filter(isSidecar)
    .map((c) => c.name);
  const place = sidecars.indexOf(record.name);
  return place < 0 || runningOf(k, w).every((c) => isBefore(sidecars.indexOf(c.name), place));
}
const isBefore = (index: number, place: number): boolean => index >= 0 && index <= place;

function takeTurn(k: Kubelet, w: PodWorker, record: RuntimeContainer, stop: Stopping): void {
  if (!stop.ordered || stop.leftMs <= 0 || hasTurn(k, w, record)) return terminate(k, record, stop);
  stop.waitsSince = k.ctx.now;
  k.ctx.schedule(
    stop.leftMs,
    { type: 'turnOver', uid: w.uid, id: record.id } satisfies KubeletTask as KubeletTask,
    { timeout: true },
  );
}

/** A container has waited for its turn as long as its grace period lets it. */
export function turnOver(k: Kubelet, w: PodWorker, id: string): void {
  const stop = w.stopping.get(id);
  const record = k.machine.containers.get(id);
  if (stop === undefined || record === undefined || stop.waitsSince === NEVER) return;
  stop.leftMs = 0;
  terminate(k, record, stop);
}

function terminate(k: Kubelet, record: RuntimeContainer, stop: Stopping): void {
  stop.waitsSince = NEVER;
  stop.signalled = true;
  const graceMs = k.ctx.config.planted === 'kill-forgotten' ? FOREVER_MS : MINIMUM_GRACE_MS;
  stopContainer(k.env, k.machine, record, Math.max(stop.leftMs, graceMs));
}

/** Some container has ended: its hook with it, and those that waited for it have their turn. */
export function containerStopped(k: Kubelet, w: PodWorker): void {
  for (const [id, stop] of w.stopping) {
    if (k.machine.containers.get(id)?.state === 'running') continue;
    w.stopping.delete(id);
    // A command that still ran is gone with its container; nobody interrupts a sleep.
    const { hook } = stop;
    if (hook?.inContainer === true && (hook.failed || hook.endsAt > k.ctx.now)) hookFailed(k, w, stop);
  }
  for (const [id, stop] of w.stopping) {
    if (stop.waitsSince === NEVER) continue;
    const record = k.machine.containers.get(id)!;
    if (!hasTurn(k, w, record)) continue;
    stop.leftMs -= wholeSeconds(k.ctx.now - stop.waitsSince);
    terminate(k, record, stop);
  }
}

/** What is left of the grace period is shorter than was said: hooks are cut, SIGKILL comes sooner. */
export function shortenStops(k: Kubelet, w: PodWorker, leftMs: Millis): void {
  for (const record of runningOf(k, w)) {
    const stop = w.stopping.get(record.id);
    if (stop === undefined) continue;
    if (stop.hook !== undefined && stop.signalled !== true) {
      delete stop.hook;
      hookFailed(k, w, stop);
    }
    if (stop.signalled === true) {
      exitLater(k.env, k.machine, record, leftMs, 137);
    } else {
      stop.signalled = true;
      stop.waitsSince = NEVER;
      stopContainer(k.env, k.machine, record, leftMs);
    }
  }
}
