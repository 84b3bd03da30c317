/** Signals to containers' first processes, and the runtime's StopContainer. */
import type { Millis } from '../kernel/types.ts';
import { machineProcess, type NodeEnv } from './env.ts';
import { programOf } from './images.ts';
import { exitContainer, exitLater } from './exit.ts';
import { goOnLater, physicalChange } from './notices.ts';
import { SHELL } from './shell/index.ts';
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
  if (name === 'KILL') {
    exitContainer(env, machine, container, 137, 'Error');
    return 'killed';
  }
  const { shell } = container;
  if (runsShell(env.world, container) && shell?.serving === undefined)
    return signalScript(env, machine, container, name);
  const drains = name === programOf(env.world, container).stopSignal;
  if (ENDING_SIGNALS[name] === undefined && !drains) return 'ignored';
  if (container.signalledAt === NEVER) container.signalledAt = env.control.now;
  if (ignoresSigterm(env.world, container)) return 'ignored';
  const { lameDuckMs = 0, stopCode = 0 } = programOf(env.world, container);
  const stopMs = lameDuckMs + env.control.latency('containerStop', machineProcess(machine.name));
  const exitCode = code === 0 ? stopCode : code;
  if (!drains) exitLater(env, machine, container, stopMs, exitCode);
  else {
    container.draining = true;
    physicalChange(env, machine, container);
    exitLater(env, machine, container, Math.max(stopMs, container.answersUntil - env.control.now), exitCode);
  }
  return 'ends';
}

/** A shell, and what it runs, handles what its script has set a trap for. */
function signalScript(
  env: NodeEnv,
  machine: Machine,
  container: RuntimeContainer,
  name: string,
): SignalOutcome {
  if (container.signalledAt === NEVER && ENDING_SIGNALS[name] !== undefined)
    container.signalledAt = env.control.now;
  if (ignoresSigterm(env.world, container)) return 'ignored';
  const first = !container.sharesPids;
  const outcome =
    container.shell === undefined
      ? first
        ? 'ignored'
        : 'ends'
      : SHELL.signal(container.shell, container.shell.processes[0]!.pid, name, first);
  if (outcome === 'trapped') {
    goOnLater(env, machine, container, 0);
    return ENDING_SIGNALS[name] === undefined ? 'ignored' : 'ends';
  }
  const number = ENDING_SIGNALS[name];
  if (outcome !== 'ends' || number === undefined) return 'ignored';
  exitContainer(env, machine, container, 128 + number, 'Error');
  return 'killed';
}

/** What the runtime sends where a container is to stop: the image's STOPSIGNAL. */
const stopSignalOf = (world: World, container: RuntimeContainer): string =>
  programOf(world, container).stopSignal ?? 'TERM';

/** Signals that ask a process to end, with their numbers. */
const ENDING_SIGNALS: Readonly<Record<string, number>> = { INT: 2, QUIT: 3, TERM: 15 };

const ignoresSigterm = (world: World, container: RuntimeContainer): boolean =>
  container.faults.has('ignoreSigterm') || programOf(world, container).ignoresSigterm === true;

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
  const outcome = signal(env, machine, container, stopSignalOf(env.world, container));
  // A script's trap may end it, or not.
  if (outcome === 'ignored' || (outcome === 'ends' && container.shell !== undefined))
    exitLater(env, machine, container, graceMs, 137);
}
