/** `kubectl exec` and `kubectl logs`: what the container's shell does, and what the container has printed. */
import type { Millis } from '../kernel/types.ts';
import { isAssumedServer } from './answer.ts';
import type { NodeEnv } from './env.ts';
import { fileSystemOf } from './files/filesystem.ts';
import { isDescribed, programOf } from './images.ts';
import { catalogued } from './images/catalogue.ts';
import type { Reach } from './reach.ts';
import { highestPid } from './pidnamespace.ts';
import { shellEnv } from './script.ts';
import type { ShellEnv, ShellNetwork } from './shell/env.ts';
import { SHELL } from './shell/index.ts';
import { isProgram } from './shell/program.ts';
import type { ShellState } from './shell/state.ts';
import { latestContainer, type Machine, previousContainer, type RuntimeContainer } from './world.ts';

export interface ExecResult {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
  /** How long the command took, in virtual ms; Infinity when it does not end. */
  readonly afterMs: Millis;
  /**
   * What came of it may be so only because nobody described what it asked: a program that the simulated shell
   * does not know; files, processes and answers of the container's own program, variables of its image.
   */
  readonly unknown: boolean;
  /** It asked the network beyond the Pod, which may answer otherwise at any time. */
  readonly asksElsewhere: boolean;
}

const STEP_LIMIT = 10_000;
/** Ids of processes that a runtime starts in a container follow those that are there. */
const EXEC_PID = 29;
/** Of what SIGKILL has ended. */
const KILLED = 137;

/** Programs that every image may have; that they are not among its known files says nothing. */
const isInstalled = (path: string): boolean =>
  /^\/(?:usr\/)?(?:local\/)?s?bin\//.test(path) && isProgram(path);

/** The network of a Pod, with what is asked of the Pod itself told, and what is asked of others. */
function watched(
  network: ShellNetwork,
  { hostname, address }: ShellEnv,
  tell: { readonly own: () => void; readonly elsewhere: () => void },
): ShellNetwork {
  const own = ['localhost', '127.0.0.1', '0.0.0.0', '::1', '[::1]', hostname, address];
  const look = (host: string): void => (own.includes(host) ? tell.own() : tell.elsewhere());
  return {
    resolve(name) {
      look(name);
      return network.resolve(name);
    },
    fetch(request) {
      look(/^(?:\w+:\/\/)?(?:[^/@]*@)?(\[[^\]]*\]|[^/:?#]+)/.exec(request.url)?.[1] ?? '');
      return network.fetch(request);
    },
    records(name, type) {
      look(name);
      return network.records?.(name, type) ?? [];
    },
    datagram(host, port, text, timeoutMs) {
      look(host);
      return network.datagram?.(host, port, text, timeoutMs);
    },
    connect(host, port, timeoutMs) {
      look(host);
      return network.connect(host, port, timeoutMs);
    },
  };
}

/** What is said of a program that is there and not played, to who has asked for it. */
const passedOver = (what: string): string => `not simulated, passed over: ${what}\n`;

/** Whether a program is there, is not, or may be, in an image of which nobody has said what is in it. */
function whereIs(
  env: NodeEnv,
  machine: Machine,
  container: RuntimeContainer,
  first: string,
): 'there' | 'missing' | 'notKnown' {
  const { image } = container;
  const entry = isDescribed(env.world, image) ? undefined : catalogued(image);
  const name = first.replace(/^.*\//, '');
  const bare = entry?.bare === true;
  const isOwn = entry?.programs?.includes(name) === true || (bare && entry.commands?.includes(name) === true);
  if ((!bare && isProgram(first)) || isOwn) return 'there';
  if (first.includes('/') && fileSystemOf(env, machine, container).stat(first)?.kind === 'file')
    return 'there';
  const isShell = programOf(env.world, container).shell === true && catalogued(image) !== undefined;
  return bare || isShell || first === '' ? 'missing' : 'notKnown';
}

const notFound = (program: string): string =>
  `OCI runtime exec failed: exec failed: unable to start container process: exec: "${program}": ` +
  'executable file not found in $PATH\n';

/**
 * Runs a command in a running container, now; time that its `sleep`s take is told, not waited for. What it
 * would do after `withinMs` is not done: by then it is killed, and its `afterMs` is Infinity.
 */
export function execInContainer(
  env: NodeEnv,
  machine: Machine,
  container: RuntimeContainer,
  command: readonly string[],
  reach: Reach,
  withinMs: Millis = Number.POSITIVE_INFINITY,
): ExecResult {
  const [first = ''] = command;
  const where = whereIs(env, machine, container, first);
  if (where === 'missing') {
    const stderr = notFound(first);
    return { code: 127, stdout: '', stderr, afterMs: 0, unknown: false, asksElsewhere: false };
  }
  let [doubted, asksElsewhere] = [false, false];
  // What somebody changed of how the program answers is known.
  const described =
    !isAssumedServer(env.world, container) || container.faults.has('error') || container.faults.has('refuse');
  const doubt = (): void => {
    doubted ||= !described;
  };
  let { now } = env.control;
  const shell = shellEnv(env, machine, container, reach, false, () => now);
  const said = { out: '', err: '' };
  const inside = {
    ...shell,
    files: fileSystemOf(env, machine, container, (path) => void (isInstalled(path) || doubt())),
    network: watched(shell.network, shell, { own: doubt, elsewhere: () => void (asksElsewhere = true) }),
    doubt,
    passOver: (what: string) => {
      doubted = true;
      shell.passOver(what);
      said.err += passedOver(what);
    },
  };
  const state = SHELL.start(command, inside, EXEC_PID + highestPid(machine, container));
  for (let i = 0; i < STEP_LIMIT; i++) {
    const { written, code, afterMs: passed } = SHELL.run(state, { ...inside, now });
    for (const { stream, text } of written) said[stream] += text;
    if (code !== undefined) {
      const unknown = doubted && (code !== 0 || where === 'notKnown');
      const afterMs = now - shell.now;
      return { code, stdout: said.out, stderr: said.err, afterMs, unknown, asksElsewhere };
    }
    now += passed;
    if (passed === Number.POSITIVE_INFINITY || now - shell.now > withinMs) break;
  }
  return {
    code: 0,
    stdout: said.out,
    stderr: said.err,
    afterMs: Number.POSITIVE_INFINITY,
    unknown: false,
    asksElsewhere,
  };
}

/** A command under way in a container: what is typed goes to it. Plain data. */
export interface Execution {
  readonly node: string;
  /** The container's runtime id. */
  readonly container: string;
  readonly shell: ShellState;
}

/** What a command has written since it was last run on, and how it has ended. */
export interface ExecStep {
  readonly stdout: string;
  readonly stderr: string;
  /** Undefined: it goes on. */
  readonly code: number | undefined;
  /** After how many virtual ms; Infinity: when something is typed, or never. */
  readonly afterMs: Millis;
}

/** Begins a command, and does not run it yet. @returns why not, where the runtime does not find it */
export function startExec(
  env: NodeEnv,
  machine: Machine,
  container: RuntimeContainer,
  command: readonly string[],
  reach: Reach,
  input: { readonly stdin: boolean; readonly tty: boolean },
): Execution | string {
  const [first = ''] = command;
  if (whereIs(env, machine, container, first) === 'missing') return notFound(first);
  const shell = { ...shellEnv(env, machine, container, reach, false), ...input };
  const pid = EXEC_PID + highestPid(machine, container);
  return { node: machine.name, container: container.id, shell: SHELL.start(command, shell, pid) };
}

/** Runs a command on, now. Of a container that is gone it is killed. */
export function continueExec(env: NodeEnv, execution: Execution, reach: Reach): ExecStep {
  const machine = env.world.machines.get(execution.node);
  const container = machine?.containers.get(execution.container);
  if (machine?.power !== 'on' || container?.state !== 'running')
    return { stdout: '', stderr: '', code: KILLED, afterMs: 0 };
  const { shell } = execution;
  const said = { out: '', err: '' };
  const inside = shellEnv(env, machine, container, reach, false);
  const passOver = (what: string): void => {
    inside.passOver(what);
    said.err += passedOver(what);
  };
  const { written, code, afterMs } = SHELL.run(shell, { ...inside, passOver });
  for (const { stream, text } of written) said[stream] += text;
  // Who looks on sees lines before they are whole.
  if (code === undefined)
    for (const stream of ['out', 'err'] as const) {
      said[stream] += shell.partial[stream];
      shell.partial[stream] = '';
    }
  return { stdout: said.out, stderr: said.err, code, afterMs };
}

/** Types what a command, or the program of a container that keeps its standard input open, reads. */
export function typeInto(shell: ShellState, text: string | undefined): void {
  SHELL.type(shell, text);
}

/** Lines a container has printed; `previous`: of the container before the last restart. */
export function containerLogs(
  machine: Machine,
  podUid: string,
  name: string,
  previous = false,
): { at: Millis; line: string }[] | undefined {
  return (previous ? previousContainer(machine, podUid, name) : latestContainer(machine, podUid, name))?.logs;
}
