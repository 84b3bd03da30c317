/** How a container's process ends: by itself after a time, or at once. */
import { withMembers } from '../kernel/members.ts';
import type { Millis } from '../kernel/types.ts';
import { placeOf } from './containertarget.ts';
import { kubeletProcess, machineProcess, type NodeEnv, noted } from './env.ts';
import { answersChange, changed, type MachineTask, type RuntimeNotice } from './notices.ts';
import { endProcess } from './ownprocess.ts';
import type { Machine, RuntimeContainer } from './world.ts';

/** Lets a container's process end by itself after a time. */
export function exitLater(
  env: NodeEnv,
  machine: Machine,
  container: RuntimeContainer,
  afterMs: Millis,
  code: number,
  reason = code === 0 ? 'Completed' : 'Error',
): void {
  const task: MachineTask = { type: 'exit', container: container.id, code, reason };
  container.timers.push(env.control.scheduleFor(machineProcess(machine.name), afterMs, task, env.by));
}

/** The process is gone. The kubelet hears of it at its next relist, or at once if it waits for it. */
export function exitContainer(
  env: NodeEnv,
  machine: Machine,
  container: RuntimeContainer,
  code: number,
  reason: string,
): void {
  if (container.state === 'exited') return;
  for (const timer of container.timers) env.control.cancel(timer);
  container.timers = [];
  container.state = 'exited';
  container.finishedAt = env.control.now;
  container.exitCode = code;
  container.reason = reason;
  const since = noted(env, 'containerExited', withMembers(placeOf(machine, container), { code, reason }));
  endProcess(since, machine, container);
  if (machine.power !== 'on') return;
  // Those beside it have the CPU that a fault of it took.
  if (container.faults.has('cpu')) answersChange(since, machine);
  if (container.awaited && env.control.isUp(kubeletProcess(machine.name))) {
    const notice: RuntimeNotice = { type: 'stopped', uid: container.podUid };
    env.control.scheduleFor(kubeletProcess(machine.name), 0, notice, since.by);
  }
  changed(since, machine, container.podUid);
}
