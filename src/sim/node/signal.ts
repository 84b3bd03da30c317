/** Signals to containers' first processes, and the runtime's StopContainer. */
import type { Millis } from '../kernel/types.ts';
import { machineProcess, type NodeEnv } from './env.ts';
import { programOf } from './images.ts';
import { exitContainer, exitLater } from './exit.ts';
import { physicalChange } from './notices.ts';
import { runsShell } from './shell/program.ts';
import { NEVER, type Machine, type RuntimeContainer, type World } from './world.ts';

/** What a signal brings about: the process is gone at once, ends in a while, or goes on. */
export type SignalOutcome = 'killed' | 'ends' | 'ignored';

/**
 * Sends a signal to a container's first process. The first process of a PID namespace (the usual case) is
 * only reached by signals that it handles, and by SIGKILL (Linux, pid_namespaces(7)); any other dies of a
 * signal that it does not handle, with 128 and the signal's number.
 * @param code with which a process that handles the signal ends
 */
export function signal(
  env: NodeEnv,
  machine: Machine,
  container: RuntimeContainer,
  name: string,
  code = 0,
): SignalOutcome {
  if (container.state !== 'running') return 'ignored';
  const drains = !runsShell(env.world, container) && name === programOf(env.world, container).stopSignal;
  if (name === 'KILL') {
    exitContainer(env, machine, container, 137, 'Error');
    return 'killed';
  }
  const number = ENDING_SIGNALS[name];
  if (number === undefined && !drains) return 'ignored';
  if (container.signalledAt === NEVER) container.signalledAt = env.control.now;
  if (ignoresSigterm(env.world, container)) return 'ignored';
  if (!handlesSigterm(env.world, container)) {
    exitContainer(env, machine, container, 128 + number!, 'Error');
    return 'killed';
  }
  const stopMs = env.control.latency('containerStop', machineProcess(machine.name));
  const exitCode = code === 0 ? (programOf(env.world, container).stopCode ?? 0) : code;
  if (!drains) exitLater(env, machine, container, stopMs, exitCode);
  else {
    container.draining = true;
    physicalChange(env, machine, container);
    exitLater(env, machine, container, Math.max(stopMs, container.answersUntil - env.control.now), exitCode);
  }
  return 'ends';
}

/** What the runtime sends where a container is to stop: the image's STOPSIGNAL. */
const stopSignalOf = (world: World, container: RuntimeContainer): string =>
  programOf(world, container).stopSignal ?? 'TERM';

/** Signals that ask a process to end, with their numbers. */
const ENDING_SIGNALS: Readonly<Record<string, number>> = { INT: 2, QUIT: 3, TERM: 15 };

/** Shells, and what they run, have no handler unless the script sets one; servers end in order. */
const handlesSigterm = (world: World, container: RuntimeContainer): boolean =>
  !runsShell(world, container) || container.command.some((word) => /\btrap\b/.test(word));

function ignoresSigterm(world: World, container: RuntimeContainer): boolean {
  if (container.faults.has('ignoreSigterm') || programOf(world, container).ignoresSigterm === true)
    return true;
  return !container.sharesPids && !handlesSigterm(world, container);
}

/** StopContainer of the runtime: the image's signal, and SIGKILL when the grace period is over. */
export function stopContainer(
  env: NodeEnv,
  machine: Machine,
  container: RuntimeContainer,
  graceMs: Millis,
): void {
  if (container.state !== 'running') return;
  container.awaited = true;
  if (graceMs <= 0) {
    signal(env, machine, container, 'KILL');
    return;
  }
  if (signal(env, machine, container, stopSignalOf(env.world, container)) === 'ignored')
    exitLater(env, machine, container, graceMs, 137);
}
