/**
 * What is due on a machine by itself (tasks of the process `machine@NODE`), and what its kubelet is told of
 * its containers.
 */
import type { Millis } from '../kernel/types.ts';
import { kubeletProcess, machineProcess, type NodeEnv } from './env.ts';
import type { Machine, RuntimeContainer } from './world.ts';

/** A task of `machine@NODE`. */
export type MachineTask =
  | { readonly type: 'exit'; readonly container: string; readonly code: number; readonly reason: string }
  /** A server is up, and takes its ports. */
  | { readonly type: 'bind'; readonly container: string }
  /** HTTP paths answer otherwise from now on. */
  | { readonly type: 'turn'; readonly container: string }
  /** A program has come to what it does through the API. */
  | { readonly type: 'callApi'; readonly container: string }
  /** What it is of the cluster itself begins. */
  | { readonly type: 'begin'; readonly container: string }
  /** A container's script goes on. */
  | { readonly type: 'script'; readonly container: string }
  /** A process without a limit has leaked until the machine should be out of memory. */
  | { readonly type: 'outOfMemory'; readonly container: string }
  | { readonly type: 'boot' }
  | { readonly type: 'powerOff'; readonly then: 'off' | 'reboot'; readonly bootMs?: Millis };

/** What the kubelet is told of its containers. */
export type RuntimeNotice =
  /** The relist that is due: what changed is in `machine.changedPods`. */
  | { readonly type: 'relist' }
  /** A stop that the kubelet waits for is done. */
  | { readonly type: 'stopped'; readonly uid: string }
  /** A ConfigMap or Secret that a volume shows has changed: `ConfigMap/namespace/name`. */
  | { readonly type: 'configurationChanged'; readonly source: string }
  /** A container may answer its probes otherwise than before. */
  | { readonly type: 'wakeProbes'; readonly uid: string; readonly container: string };

/** Tells the kubelet's next relist that something of this pod changed. */
export function changed(env: NodeEnv, machine: Machine, podUid: string): void {
  machine.changedPods.add(podUid);
  const { control, by } = env;
  if (machine.relistAt >= control.now || !machine.runtimeUp || !control.isUp(kubeletProcess(machine.name)))
    return;
  const period = machine.relistPeriodMs;
  const wait =
    period <= 0 ? 0 : period - ((((control.now - machine.relistPhaseMs) % period) + period) % period);
  machine.relistAt = control.now + wait;
  const notice: RuntimeNotice = { type: 'relist' };
  control.scheduleFor(kubeletProcess(machine.name), wait, notice, by);
}

/** A container may answer otherwise than before: its probes must look again. */
export function physicalChange(env: NodeEnv, machine: Machine, container: RuntimeContainer): void {
  if (!env.control.isUp(kubeletProcess(machine.name))) return;
  const notice: RuntimeNotice = { type: 'wakeProbes', uid: container.podUid, container: container.name };
  env.control.scheduleFor(kubeletProcess(machine.name), 0, notice, env.by);
}

/** The same of all that run on a machine. */
export function answersChange(env: NodeEnv, machine: Machine): void {
  for (const container of machine.containers.values())
    if (container.state === 'running') physicalChange(env, machine, container);
}

/** What processes use of the machine may change: the kubelet's eviction manager looks at its next tick. */
export function resourcesChange(env: NodeEnv, machine: Machine): void {
  if (env.control.isUp(kubeletProcess(machine.name)))
    env.control.scheduleFor(kubeletProcess(machine.name), 0, { type: 'resourcesChanged' }, env.by);
}

/** Lets a container's script go on after a while. */
export function goOnLater(
  env: NodeEnv,
  machine: Machine,
  container: RuntimeContainer,
  afterMs: number,
): void {
  env.control.cancel(container.scriptTimer);
  container.timers = container.timers.filter((timer) => timer !== container.scriptTimer);
  const task: MachineTask = { type: 'script', container: container.id };
  const options = afterMs > 0 ? { timeout: true } : {};
  container.scriptTimer = env.control.scheduleFor(
    machineProcess(machine.name),
    afterMs,
    task,
    env.by,
    options,
  );
  container.timers.push(container.scriptTimer);
}
