/**
 * What wears a machine down without stopping it: memory, disk and process ids taken, slowness, a wrong clock,
 * a frozen kubelet.
 */
import type { Millis } from '../kernel/types.ts';
import { kubeletProcess, kubeProxyProcess, machineProcess, type NodeEnv } from './env.ts';
import { machineOf } from './machine.ts';
import { answersChange } from './runtime.ts';

/** The kubelet's eviction manager looks at its next tick. */
function resourcesChanged(env: NodeEnv, name: string): void {
  if (env.control.isUp(kubeletProcess(name)))
    env.control.scheduleFor(kubeletProcess(name), 0, { type: 'resourcesChanged' } as never);
}

/** Something other than pods takes memory of the machine (0: no more). */
export function hogMemory(env: NodeEnv, name: string, bytes: number): void {
  const machine = machineOf(env, name);
  env.control.cause = env.control.note(`${bytes} bytes of memory of node ${name} are taken`, {
    node: name,
    bytes,
  });
  machine.hogBytes = bytes;
  resourcesChanged(env, name);
}

/** The same of its disk, on which images and containers' writable layers are. */
export function hogDisk(env: NodeEnv, name: string, bytes: number): void {
  const machine = machineOf(env, name);
  env.control.cause = env.control.note(`${bytes} bytes of disk of node ${name} are taken`, {
    node: name,
    bytes,
  });
  machine.hogDiskBytes = bytes;
  resourcesChanged(env, name);
}

/** The same of its process ids. */
export function hogPids(env: NodeEnv, name: string, pids: number): void {
  const machine = machineOf(env, name);
  env.control.cause = env.control.note(`${pids} process ids of node ${name} are taken`, { node: name, pids });
  machine.hogPids = pids;
  resourcesChanged(env, name);
}

/** All that the machine's kubelet, runtime and containers do takes so many times longer (1: as usual). */
export function slowDown(env: NodeEnv, name: string, factor: number): void {
  const machine = machineOf(env, name);
  if (machine.slowness === factor) return;
  env.control.cause = env.control.note(
    factor === 1 ? `node ${name} is as fast as ever` : `node ${name} is ${factor} times slower`,
    { node: name, factor },
  );
  machine.slowness = factor;
  for (const process of [kubeletProcess(name), machineProcess(name), kubeProxyProcess(name)]) {
    if (factor === 1) env.world.slowNodes.delete(process);
    else env.world.slowNodes.set(process, factor);
  }
  answersChange(env, machine);
  resourcesChanged(env, name);
}

/**
 * The machine's clock is ahead by so much (negative: behind): what its kubelet writes down as times is off by
 * that.
 */
export function skewClock(env: NodeEnv, name: string, skewMs: Millis): void {
  const machine = machineOf(env, name);
  if (machine.clockSkewMs === skewMs) return;
  env.control.cause = env.control.note(
    skewMs === 0
      ? `the clock of node ${name} is right again`
      : `the clock of node ${name} is ${Math.abs(skewMs)} ms ${skewMs > 0 ? 'ahead' : 'behind'}`,
    { node: name, skewMs },
  );
  machine.clockSkewMs = skewMs;
}

/**
 * The kubelet stands still (SIGSTOP): it renews no lease, probes nothing, sees nothing; containers run on.
 */
export function freezeKubelet(env: NodeEnv, name: string): void {
  machineOf(env, name);
  env.control.cause = env.control.note(`kubelet of node ${name} is frozen`, { node: name });
  env.control.freeze(kubeletProcess(name));
}

/** It goes on where it stood, with all that it has missed before it. */
export function thawKubelet(env: NodeEnv, name: string): void {
  if (!env.world.machines.has(name)) return;
  env.control.cause = env.control.note(`kubelet of node ${name} goes on`, { node: name });
  env.control.thaw(kubeletProcess(name));
}
