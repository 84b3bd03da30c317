/** Containers that are parts of the cluster itself: the process that one is lives as long as it does. */
import { machineProcess, type NodeEnv } from './env.ts';
import { DEFAULT_STARTUP_MS, programOf } from './images.ts';
import type { MachineTask } from './notices.ts';
import { NEVER, type Machine, type RuntimeContainer } from './world.ts';

/** Its process begins when the program is up. */
export function beginProcessLater(env: NodeEnv, machine: Machine, container: RuntimeContainer): void {
  const { process, startupMs = DEFAULT_STARTUP_MS } = programOf(env.world, container);
  if (process === undefined) return;
  const task: MachineTask = { type: 'begin', container: container.id };
  container.timers.push(env.control.scheduleFor(machineProcess(machine.name), startupMs, task, env.by));
}

export function beginProcess(
  { world, control, by }: NodeEnv,
  machine: Machine,
  container: RuntimeContainer,
): void {
  const process = programOf(world, container).process!;
  const name = `${process.name}@${machine.name}`;
  if (control.has(name)) control.start(name, by);
  else control.spawn(name, process.component, { member: machine.name, leads: process.name }, by);
}

/** @param container has ended; a process that was told to end before has had the time for its last acts */
export function endProcess(
  { world, control, by }: NodeEnv,
  machine: Machine,
  container: RuntimeContainer,
): void {
  const { process } = programOf(world, container);
  if (process === undefined) return;
  control.end(
    `${process.name}@${machine.name}`,
    container.signalledAt !== NEVER && container.exitCode !== 137,
    by,
  );
}
