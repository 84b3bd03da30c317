/**
 * What wears a machine down without stopping it: memory, disk and process ids taken, slowness, a wrong clock,
 * a frozen kubelet.
 */
import type { Millis } from '../kernel/types.ts';
import { kubeletProcess, kubeProxyProcess, machineProcess, type NodeEnv, noted } from './env.ts';
import { machineOf } from './machine.ts';
import { answersChange } from './notices.ts';

/** The kubelet's eviction manager looks at its next tick. */
function resourcesChanged(env: NodeEnv, name: string): void {
  if (env.control.isUp(kubeletProcess(name)))
    env.control.scheduleFor(kubeletProcess(name), 0, { type: 'resourcesChanged' }, env.by);
}

/** Something other than pods takes memory of the machine (0: no more). */
export function hogMemory(env: NodeEnv, name: string, bytes: number): void {
  const machine = machineOf(env, name);
  const since = noted(env, 'memoryTaken', { node: name, bytes });
  machine.hogBytes = bytes;
  resourcesChanged(since, name);
}

/** The same of its disk, on which images and containers' writable layers are. */
export function hogDisk(env: NodeEnv, name: string, bytes: number): void {
  const machine = machineOf(env, name);
  const since = noted(env, 'diskTaken', { node: name, bytes });
  machine.hogDiskBytes = bytes;
  resourcesChanged(since, name);
}

/** The same of its process ids. */
export function hogPids(env: NodeEnv, name: string, pids: number): void {
  const machine = machineOf(env, name);
  const since = noted(env, 'pidsTaken', { node: name, pids });
  machine.hogPids = pids;
  resourcesChanged(since, name);
}

/** All that the machine's kubelet, runtime and containers do takes so many times longer (1: as usual). */
export function slowDown(env: NodeEnv, name: string, factor: number): void {
  const machine = machineOf(env, name);
  if (machine.slowness === factor) return;
  const since = noted(env, 'nodeSlowed', { node: name, factor });
  machine.slowness = factor;
  for (const process of [kubeletProcess(name), machineProcess(name), kubeProxyProcess(name)]) {
    if (factor === 1) env.world.slowNodes.delete(process);
    else env.world.slowNodes.set(process, factor);
  }
  answersChange(since, machine);
  resourcesChanged(since, name);
}

/**
 * The machine's clock is ahead by so much (negative: behind): what its kubelet writes down as times is off by
 * that.
 */
export function skewClock(env: NodeEnv, name: string, skewMs: Millis): void {
  const machine = machineOf(env, name);
  if (machine.clockSkewMs === skewMs) return;
  noted(env, 'clockSkewed', { node: name, skewMs });
  machine.clockSkewMs = skewMs;
}

/**
 * The kubelet stands still (SIGSTOP): it renews no lease, probes nothing, sees nothing; containers run on.
 */
export function freezeKubelet(env: NodeEnv, name: string): void {
  machineOf(env, name);
  const since = noted(env, 'kubeletFrozen', { node: name });
  env.control.freeze(kubeletProcess(name), since.by);
}

/** It goes on where it stood, with all that it has missed before it. */
export function thawKubelet(env: NodeEnv, name: string): void {
  if (!env.world.machines.has(name)) return;
  const since = noted(env, 'kubeletThawed', { node: name });
  env.control.thaw(kubeletProcess(name), since.by);
}
