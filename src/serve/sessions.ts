/**
 * Commands that run in containers while somebody looks on, and containers' own programs to which somebody is
 * attached.
 */
import type { Cluster } from '../sim/cluster.ts';
import type { Millis } from '../sim/kernel/types.ts';
import { podNetwork } from '../sim/network/index.ts';
import { continueExec, type Execution, type ExecStep, startExec, typeInto } from '../sim/node/exec.ts';
import { goOnLater } from '../sim/node/notices.ts';
import type { RuntimeContainer } from '../sim/node/world.ts';
import type { Exec } from './api/http.ts';

/** How long a command's time is let pass at once, in virtual ms; what takes longer waits for the clock. */
const PATIENCE_MS: Millis = 3_600_000;
/** Pauses of a command between two looks at what else there is to do. */
const PAUSES = 200;

/** Plain data. */
export interface Session {
  readonly exec: Exec;
  /** Undefined of who is attached. */
  readonly execution: Execution | undefined;
  /** When it goes on by itself; Infinity: not before something is typed. */
  dueAt: Millis;
  /** How much time has been let pass for it. */
  passedMs: Millis;
}

const QUIET: Omit<ExecStep, 'afterMs'> = { stdout: '', stderr: '', code: undefined };

/** Of a command that the container does not have: what is said, and that is all. */
const refusal = (stderr: string): Step => ({ stdout: '', stderr, code: 127 });

export type Step = Omit<ExecStep, 'afterMs'>;

const containerOf = ({ world }: Cluster, { node, container }: Exec): RuntimeContainer | undefined =>
  world.machines.get(node)?.containers.get(container);

/** Begins one. @returns what is said where it does not begin */
export function begin(cluster: Cluster, exec: Exec): Session | Step {
  const { node, command, streams, tty } = exec;
  if (command === undefined)
    return { exec, execution: undefined, dueAt: Number.POSITIVE_INFINITY, passedMs: 0 };
  const machine = cluster.world.machines.get(node);
  const container = containerOf(cluster, exec);
  if (machine === undefined || container === undefined) return refusal('container not found\n');
  const input = { stdin: streams.includes('stdin'), tty };
  const execution = startExec(cluster, machine, container, command, podNetwork, input);
  return typeof execution === 'string'
    ? refusal(execution)
    : { exec, execution, dueAt: cluster.now, passedMs: 0 };
}

/** Types what it reads; undefined: nothing more will come. */
export function typed(cluster: Cluster, session: Session, text: string | undefined): void {
  const { exec, execution } = session;
  if (text === undefined && !exec.ends) return;
  if (execution !== undefined) return typeInto(execution.shell, text);
  const machine = cluster.world.machines.get(exec.node);
  const container = containerOf(cluster, exec);
  if (machine === undefined || container?.state !== 'running' || container.shell === undefined) return;
  typeInto(container.shell, text);
  goOnLater(cluster, machine, container, 0);
}

/** Lets a command go on, and the time pass that it takes. */
export function goOn(cluster: Cluster, session: Session): Step {
  const { execution } = session;
  if (execution === undefined) return QUIET;
  const said = { stdout: '', stderr: '' };
  for (let i = 0; i < PAUSES; i++) {
    const { stdout, stderr, code, afterMs } = continueExec(cluster, execution, podNetwork);
    said.stdout += stdout;
    said.stderr += stderr;
    session.dueAt = cluster.now + afterMs;
    if (code !== undefined) return { ...said, code };
    if (session.passedMs + afterMs > PATIENCE_MS) return { ...said, code: undefined };
    session.passedMs += afterMs;
    cluster.pass(afterMs);
  }
  return { ...said, code: undefined };
}

/** The lines that the program of a container has printed behind so many. */
export function printedBehind(
  cluster: Cluster,
  exec: Exec,
  many: number,
): { readonly lines: readonly string[]; readonly isOver: boolean } {
  const container = containerOf(cluster, exec);
  return {
    lines: (container?.logs ?? []).slice(many).map(({ line }) => line),
    isOver: container?.state !== 'running',
  };
}
