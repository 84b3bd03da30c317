/**
 * Node-pressure eviction: when the node's free memory, disk or process ids fall below a threshold, it frees
 * what it can itself, then ends a pod, then the next. Use changes only with containers and faults, so it is
 * computed when those change. Models pkg/kubelet/eviction.
 */
import { updateNodeStatus } from './nodestatus.ts';
import { beginTermination } from './terminate.ts';
import { beyondStorageLimits } from './localstorage.ts';
import { grows, SIGNALS, type Signal } from './signals.ts';
import type { Kubelet, KubeletTask, PodWorker, PressureSignal } from './types.ts';

/**
 * Period of the eviction manager, and how long pressure is told after it is over
 * (--eviction-pressure-transition-period).
 */
const MONITOR_MS = 10_000;
const TRANSITION_MS = 300_000;
/** immediateEvictionGracePeriodSeconds */
const GRACE_MS = 1000;
const CRITICAL_PRIORITY = 2_000_000_000;

/**
 * Something changed that may change the use of resources: the monitor looks at its next tick, if there is
 * anything to see.
 */
export function resourcesMayChange(k: Kubelet): void {
  const { state, machine } = k;
  if (state.evictionTimer !== 0) return;
  const { pressure } = state;
  const mayMatter =
    machine.hogBytes > 0 ||
    machine.hogDiskBytes > 0 ||
    machine.hogPids > 0 ||
    pressure.memory ||
    pressure.disk ||
    pressure.pids ||
    SIGNALS.some((s) => s.mayMatter(k));
  if (mayMatter)
    state.evictionTimer = k.ctx.schedule(MONITOR_MS, { type: 'evictionCheck' }, { timeout: true });
}

/**
 * One look of the eviction manager: pods beyond their own limits are ended, or else one pod for the node's
 * sake.
 */
export function checkResources(k: Kubelet): void {
  const { state, ctx } = k;
  state.evictionTimer = 0;
  let busy = false;
  let evicted = endThoseBeyondTheirLimits(k);
  for (const signal of SIGNALS) {
    const { name } = signal;
    if (signal.available(k) >= signal.threshold(k)) {
      if (state.pressure[name])
        ctx.schedule(
          TRANSITION_MS,
          { type: 'pressureOver', signal: name } satisfies KubeletTask as KubeletTask,
          { timeout: true },
        );
      continue;
    }
    if (!state.pressure[name]) {
      state.pressure[name] = true;
      updateNodeStatus(k);
    }
    busy = true;
    signal.reclaim?.(k);
    if (!evicted && signal.available(k) < signal.threshold(k)) evicted = evictOne(k, signal);
  }
  // Use that grows is looked at again; use that stays is not.
  if (busy || evicted) state.evictionTimer = ctx.schedule(MONITOR_MS, { type: 'evictionCheck' });
  else if (grows(k))
    state.evictionTimer = ctx.schedule(MONITOR_MS, { type: 'evictionCheck' }, { timeout: true });
}

export function pressureOver(k: Kubelet, name: PressureSignal): void {
  const signal = SIGNALS.find((s) => s.name === name)!;
  if (!k.state.pressure[name] || signal.available(k) < signal.threshold(k)) return;
  k.state.pressure[name] = false;
  updateNodeStatus(k);
}

/**
 * Order of eviction: use beyond requests first, then lower priority, then most beyond its requests. Models
 * rankMemoryPressure, rankDiskPressure and rankPIDPressure of pkg/kubelet/eviction/helpers.go.
 */
export function evictionOrder<T extends { usage: number; requests: number; priority: number }>(
  pods: readonly T[],
): T[] {
  return [...pods].sort(
    (a, b) =>
      Number(b.usage > b.requests) - Number(a.usage > a.requests) ||
      a.priority - b.priority ||
      b.usage - b.requests - (a.usage - a.requests),
  );
}

/** Pods of which something runs; critical ones are never ended. */
const running = (k: Kubelet): PodWorker[] =>
  [...k.state.workers.values()].filter(
    (w) =>
      w.stage === 'syncing' &&
      w.status?.phase === 'Running' &&
      (w.pod.spec.priority ?? 0) < CRITICAL_PRIORITY,
  );

/**
 * @param disruption whether the pod is said to be the target of a disruption, which one beyond its own limits
 * is not
 */
function end(k: Kubelet, w: PodWorker, message: string, disruption: boolean): void {
  k.ctx.event(w.pod, 'Warning', 'Evicted', message);
  w.final = { reason: 'Evicted', message, counts: 'whenEnded', disruption };
  beginTermination(k, w, GRACE_MS);
}

function evictOne(k: Kubelet, signal: Signal): boolean {
  const [first] = evictionOrder(
    running(k).map((w) => ({
      w,
      usage: signal.usage(k, w),
      requests: signal.requests(w),
      priority: w.pod.spec.priority ?? 0,
    })),
  );
  if (first === undefined) return false;
  const { w } = first;
  const message =
    `The node was low on resource: ${signal.resource}. Threshold quantity: ` +
    `${signal.print(signal.threshold(k))}, available: ` +
    `${signal.print(Math.max(0, signal.available(k)), 'Ki')}. ${signal.whose(k, w)}`;
  end(k, w, message, true);
  return true;
}

/** Pods that use more ephemeral storage than their limits allow are ended, whatever the node has left. */
function endThoseBeyondTheirLimits(k: Kubelet): boolean {
  const pods = running(k).flatMap((w) => {
    const message = beyondStorageLimits(k, w);
    return message === undefined ? [] : [{ w, message }];
  });
  for (const { w, message } of pods) end(k, w, message, false);
  return pods.length > 0;
}
