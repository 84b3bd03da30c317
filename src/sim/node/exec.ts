/** `kubectl exec` and `kubectl logs`: what the container's shell does, and what the container has printed. */
import type { Millis } from '../kernel/types.ts';
import type { NodeEnv } from './env.ts';
import { fileSystemOf } from './files/filesystem.ts';
import type { Reach } from './reach.ts';
import { shellEnv } from './script.ts';
import { SHELL } from './shell/index.ts';
import { isProgram } from './shell/program.ts';
import { latestContainer, type Machine, previousContainer, type RuntimeContainer } from './world.ts';

export interface ExecResult {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
  /** How long the command took, in virtual ms; Infinity when it does not end. */
  readonly afterMs: Millis;
  /** What it came to is not known: it runs a program that the simulated shell does not know. */
  readonly unknown: boolean;
}

const STEP_LIMIT = 10_000;
/** Ids of processes that a runtime starts in a container follow those of its own. */
const EXEC_PID = 30;

/** Runs a command in a running container, now; time that its `sleep`s take is told, not waited for. */
export function execInContainer(
  env: NodeEnv,
  machine: Machine,
  container: RuntimeContainer,
  command: readonly string[],
  reach: Reach,
): ExecResult {
  const first = command[0] ?? '';
  const isFile = first.includes('/') && fileSystemOf(env, machine, container).stat(first)?.kind === 'file';
  if (!isProgram(first) && !isFile) {
    const stderr =
      `OCI runtime exec failed: exec failed: unable to start container process: exec: "${first}": ` +
      `executable file not found in $PATH\n`;
    return { code: 127, stdout: '', stderr, afterMs: 0, unknown: true };
  }
  let passedOver = false;
  const shell = shellEnv(env, machine, container, reach, false);
  let now = shell.now;
  const inside = {
    ...shell,
    passOver: (what: string) => {
      passedOver = true;
      shell.passOver(what);
    },
  };
  const state = SHELL.start(command, inside, EXEC_PID);
  let [stdout, stderr] = ['', ''];
  for (let i = 0; i < STEP_LIMIT; i++) {
    const { written, code, afterMs } = SHELL.run(state, { ...inside, now });
    for (const { stream, text } of written)
      if (stream === 'out') stdout += text;
      else stderr += text;
    if (code !== undefined) {
      const unknown = passedOver && code !== 0;
      return { code, stdout, stderr, afterMs: now - shell.now, unknown };
    }
    if (afterMs === Number.POSITIVE_INFINITY) break;
    now += afterMs;
  }
  return { code: 0, stdout, stderr, afterMs: Number.POSITIVE_INFINITY, unknown: false };
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
