/**
 * Node-pressure eviction: when the node's free memory falls below the threshold, a pod is ended, then the next.
 * Use changes only with containers and faults, so it is computed when those change. Models pkg/kubelet/eviction.
 */
import { wholeValue } from '../../api/quantity.ts';
import { behaviourOf, memoryInUse } from '../images.ts';
import { containersOf, type RuntimeContainer } from '../world.ts';
import { updateNodeStatus } from './nodestatus.ts';
import { beginTermination } from './terminate.ts';
import type { Kubelet, PodWorker } from './types.ts';

/** --eviction-hard memory.available<100Mi. */
const THRESHOLD_BYTES = 100 * 1024 * 1024;
/** Period of the eviction manager, and how long pressure is told after it is over (--eviction-pressure-transition-period). */
const MONITOR_MS = 10_000;
const TRANSITION_MS = 300_000;
const CRITICAL_PRIORITY = 2_000_000_000;

const growing = (k: Kubelet, c: RuntimeContainer): boolean => typeof behaviourOf(k.env.world, c.image).memory === 'object';

export function usageOf(k: Kubelet, w: PodWorker): number {
  let bytes = 0;
  for (const c of containersOf(k.machine, w.uid)) {
    if (c.state !== 'running') continue;
    bytes += memoryInUse(behaviourOf(k.env.world, c.image), k.ctx.now - c.startedAt);
    const leak = c.faults.get('memory')?.['bytes'];
    if (typeof leak === 'number') bytes += leak;
  }
  return bytes;
}

export function availableBytes(k: Kubelet): number {
  let used = k.machine.hogBytes;
  for (const w of k.state.workers.values()) used += usageOf(k, w);
  return wholeValue(k.machine.capacity.memory) - used;
}

/** Something changed that may change the use of memory: the monitor looks at its next tick, if there is anything to see. */
export function memoryMayChange(k: Kubelet): void {
  const { state, machine } = k;
  if (state.evictionTimer !== 0) return;
  let mayMatter = machine.hogBytes > 0 || state.memoryPressure;
  if (!mayMatter && k.env.world.images.size > 0) {
    for (const c of machine.containers.values()) {
      if (c.state === 'running' && behaviourOf(k.env.world, c.image).memory !== undefined) { mayMatter = true; break; }
    }
  }
  if (mayMatter) state.evictionTimer = k.ctx.schedule(MONITOR_MS, { type: 'evictionCheck' }, { timeout: true });
}

/** One look of the eviction manager. */
export function checkMemory(k: Kubelet): void {
  const { state, ctx } = k;
  state.evictionTimer = 0;
  if (availableBytes(k) < THRESHOLD_BYTES) {
    if (!state.memoryPressure) {
      state.memoryPressure = true;
      updateNodeStatus(k);
    }
    evictOne(k);
    state.evictionTimer = ctx.schedule(MONITOR_MS, { type: 'evictionCheck' });
    return;
  }
  if (state.memoryPressure) ctx.schedule(TRANSITION_MS, { type: 'pressureOver' }, { timeout: true });
  // Memory that grows is looked at again; memory that stays is not.
  const grows = [...k.machine.containers.values()].some((c) => c.state === 'running' && growing(k, c));
  if (grows) state.evictionTimer = ctx.schedule(MONITOR_MS, { type: 'evictionCheck' }, { timeout: true });
}

export function pressureOver(k: Kubelet): void {
  if (!k.state.memoryPressure || availableBytes(k) < THRESHOLD_BYTES) return;
  k.state.memoryPressure = false;
  updateNodeStatus(k);
}

/** Order of eviction: use beyond requests first, then lower priority, then most beyond its requests. Models rankMemoryPressure. */
export function evictionOrder<T extends { usage: number; requests: number; priority: number }>(pods: readonly T[]): T[] {
  return [...pods].sort((a, b) =>
    Number(b.usage > b.requests) - Number(a.usage > a.requests) || a.priority - b.priority || (b.usage - b.requests) - (a.usage - a.requests));
}

function evictOne(k: Kubelet): void {
  const running = [...k.state.workers.values()].filter((w) => w.stage === 'syncing' && w.status?.phase === 'Running' && (w.pod.spec.priority ?? 0) < CRITICAL_PRIORITY);
  const [first] = evictionOrder(running.map((w) => ({ w, usage: usageOf(k, w), requests: w.memoryBytes, priority: w.pod.spec.priority ?? 0 })));
  if (first === undefined) return;
  const { w } = first;
  const available = availableBytes(k);
  let message = `The node was low on resource: memory. Threshold quantity: 100Mi, available: ${Math.max(0, Math.floor(available / 1024))}Ki. `;
  for (const container of w.pod.spec.containers) {
    const record = containersOf(k.machine, w.uid).findLast((c) => c.name === container.name && c.state === 'running');
    if (record === undefined) continue;
    const used = memoryInUse(behaviourOf(k.env.world, record.image), k.ctx.now - record.startedAt);
    const request = container.resources?.requests?.['memory'] as string | undefined ?? '0';
    if (used > wholeValue(request)) message += `Container ${container.name} was using ${Math.floor(used / 1024)}Ki, request is ${request}, has larger consumption of memory. `;
  }
  k.ctx.event(w.pod, 'Warning', 'Evicted', message);
  w.final = { reason: 'Evicted', message, disruption: true };
  beginTermination(k, w, 1000);
}

