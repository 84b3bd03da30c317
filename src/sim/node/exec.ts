/** `kubectl exec` and `kubectl logs`: what the container's shell does, and what the container has printed. */
import type { Millis } from '../kernel/types.ts';
import type { NodeEnv } from './env.ts';
import { shellEnv } from './script.ts';
import { COMMANDS, type Fetch } from './shell/commands.ts';
import { parseScript } from './shell/parse.ts';
import { scriptOf } from './shell/program.ts';
import { runScript } from './shell/run.ts';
import { latestContainer, type Machine, previousContainer, type RuntimeContainer } from './world.ts';

export interface ExecResult {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
  /** How long the command took, in virtual ms; Infinity when it does not end. */
  readonly afterMs: Millis;
  /** The program is none that the simulated shell knows. */
  readonly unknown: boolean;
}

const SHELLS = ['sh', 'bash', 'ash'];
const STEP_LIMIT = 10_000;

/** Runs a command in a running container, now; time that its `sleep`s take is told, not waited for. */
export function execInContainer(
  env: NodeEnv,
  machine: Machine,
  container: RuntimeContainer,
  command: readonly string[],
  fetch?: Fetch,
): ExecResult {
  const first = command[0] ?? '';
  const name = first.slice(first.lastIndexOf('/') + 1);
  if (!SHELLS.includes(name) && !COMMANDS.has(name)) {
    const stderr =
      `OCI runtime exec failed: exec failed: unable to start container process: exec: "${first}": ` +
      `executable file not found in $PATH\n`;
    return { code: 127, stdout: '', stderr, afterMs: 0, unknown: true };
  }
  let script;
  try {
    script = parseScript(scriptOf(command));
  } catch (error) {
    return { code: 2, stdout: '', stderr: `sh: ${(error as Error).message}\n`, afterMs: 0, unknown: false };
  }
  const shell = shellEnv(env, machine, container, fetch);
  let state = { at: 0, code: 0 };
  let [stdout, stderr, afterMs] = ['', '', 0];
  for (let i = 0; i < STEP_LIMIT; i++) {
    const step = runScript(script, state, shell);
    stdout += step.stdout;
    stderr += step.stderr;
    afterMs += step.afterMs;
    state = step.state;
    if (step.ended || afterMs === Infinity) break;
  }
  return { code: state.code, stdout, stderr, afterMs, unknown: false };
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
