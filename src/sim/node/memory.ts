/**
 * Memory of processes, and the kernel that kills for want of it: at a container's own limit (its cgroup's),
 * or, where a process without one leaks, when the machine has none left; then the one with the highest score
 * goes (Linux, mm/oom_kill.c).
 */
import { wholeValue } from '../api/quantity.ts';
import type { Millis } from '../kernel/types.ts';
import { machineProcess, type NodeEnv } from './env.ts';
import { memoryGrowth, memoryInUse, programOf } from './images.ts';
import { exitContainer, exitLater } from './exit.ts';
import { answersChange, type MachineTask } from './notices.ts';
import type { Machine, RuntimeContainer, World } from './world.ts';

/** Bytes a second that a process leaks (fault `leak`). */
const leakRate = (c: RuntimeContainer): number => Number(c.faults.get('leak')?.['bytesPerSecond'] ?? 0);

/** Bytes in use by a running process: what its image takes, and what has leaked. */
export function memoryUsed(world: World, c: RuntimeContainer, now: Millis): number {
  const leak = c.faults.get('leak');
  const leaked = leak === undefined ? 0 : Math.floor((leakRate(c) * (now - Number(leak['since']))) / 1000);
  return memoryInUse(programOf(world, c), now - c.startedAt) + leaked;
}

/** Bytes a ms. */
const growth = (world: World, c: RuntimeContainer): number =>
  memoryGrowth(programOf(world, c)) + leakRate(c) / 1000;

/** Whether what a process uses grows by itself. */
export const grows = (world: World, c: RuntimeContainer): boolean => growth(world, c) > 0;

const running = (machine: Machine): RuntimeContainer[] =>
  [...machine.containers.values()].filter((c) => c.state === 'running');

function usedOn(world: World, machine: Machine, now: Millis): number {
  let bytes = machine.hogBytes;
  for (const c of running(machine)) bytes += memoryUsed(world, c, now);
  return bytes;
}

/**
 * When a process that leaks is at its limit it is killed; one without a limit runs the machine out of memory.
 * @returns the timer
 */
export function armLeak(env: NodeEnv, machine: Machine, container: RuntimeContainer): number {
  const { world, control, by } = env;
  const soon = (bytes: number, perMs: number): Millis => Math.max(0, Math.floor(bytes / perMs)) + 1;
  if (container.memoryLimit > 0) {
    const task: MachineTask = { type: 'exit', container: container.id, code: 137, reason: 'OOMKilled' };
    return control.scheduleFor(
      machineProcess(machine.name),
      soon(container.memoryLimit - memoryUsed(world, container, control.now), growth(world, container)),
      task,
      by,
    );
  }
  let perMs = 0;
  for (const c of running(machine)) perMs += growth(world, c);
  const left = wholeValue(machine.capacity.memory) - usedOn(world, machine, control.now);
  const task: MachineTask = { type: 'outOfMemory', container: container.id };
  return control.scheduleFor(machineProcess(machine.name), soon(left, perMs), task, by, { timeout: true });
}

/** A running container gets other resources (UpdateContainerResources of the runtime). */
export function resizeContainer(
  env: NodeEnv,
  machine: Machine,
  container: RuntimeContainer,
  to: Pick<RuntimeContainer, 'memoryLimit' | 'cpuRequestMilli' | 'cpuLimitMilli'>,
): void {
  const { memoryLimit, cpuRequestMilli, cpuLimitMilli } = container;
  if (
    memoryLimit === to.memoryLimit &&
    cpuRequestMilli === to.cpuRequestMilli &&
    cpuLimitMilli === to.cpuLimitMilli
  )
    return;
  Object.assign(container, to, { resized: true });
  if (memoryLimit !== to.memoryLimit) memoryLimitChanged(env, machine, container);
  answersChange(env, machine);
}

/** Whether a process that was to be killed at its limit has room again since that was raised. */
export const hasRoom = (world: World, container: RuntimeContainer, now: Millis): boolean =>
  container.resized === true &&
  (container.memoryLimit === 0 || memoryUsed(world, container, now) < container.memoryLimit);

/** The kernel kills when the limit that holds now is reached. */
export function memoryLimitChanged(env: NodeEnv, machine: Machine, container: RuntimeContainer): void {
  const { world, control } = env;
  const perMs = growth(world, container);
  const left = container.memoryLimit - memoryUsed(world, container, control.now);
  if (container.memoryLimit === 0 || (left > 0 && perMs <= 0)) return;
  const afterMs = left <= 0 ? 0 : Math.floor(left / perMs) + 1;
  exitLater(env, machine, container, afterMs, 137, 'OOMKilled');
}

/** The machine may be out of memory; `container` leaks. */
export function outOfMemory(env: NodeEnv, machine: Machine, container: RuntimeContainer): void {
  const { world, control } = env;
  const capacity = wholeValue(machine.capacity.memory);
  if (usedOn(world, machine, control.now) >= capacity) {
    const score = (c: RuntimeContainer): number =>
      (1000 * memoryUsed(world, c, control.now)) / capacity + c.oomScoreAdj;
    const [victim] = running(machine).sort((a, b) => score(b) - score(a));
    if (victim !== undefined) exitContainer(env, machine, victim, 137, 'OOMKilled');
  }
  const leak = container.faults.get('leak');
  if (container.state !== 'running' || leak === undefined) return;
  const timer = armLeak(env, machine, container);
  container.faults.set('leak', { ...leak, timer });
  container.timers.push(timer);
}
