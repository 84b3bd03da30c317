/** The scripts that containers run, what they may touch, and what they write to the log. */
import { writeLog } from './accesslog.ts';
import { machineProcess, type NodeEnv } from './env.ts';
import { exitLater } from './exit.ts';
import { fileSystemOf, replaceFile } from './files/filesystem.ts';
import { FileView } from './files/view.ts';
import type { MachineTask } from './notices.ts';
import type { Fetch, ShellEnv } from './shell/commands.ts';
import { parseScript } from './shell/parse.ts';
import { scriptOf } from './shell/program.ts';
import { runScript, type ShellState } from './shell/run.ts';
import { signal } from './signal.ts';
import type { Machine, RuntimeContainer } from './world.ts';

/** Appends lines to a container's log. */
export function log(env: NodeEnv, container: RuntimeContainer, text: string): void {
  writeLog(container, text.replace(/\n$/, '').split('\n'), env.control.now);
}

/** What a shell in this container may touch. */
export function shellEnv(
  env: NodeEnv,
  machine: Machine,
  container: RuntimeContainer,
  fetch?: Fetch,
): ShellEnv {
  const files = fileSystemOf(env, machine, container);
  return {
    hostname: container.podName,
    read: (path) => files.read(path),
    write: (path, content) => replaceFile(files, path, content),
    list: (directory) => new FileView(env.world, machine, container).filesBelow(directory),
    signal: (name) => void signal(env, machine, container, name),
    ...(fetch === undefined ? {} : { fetch }),
  };
}

/** Goes on with a container's script. */
export function runOn(env: NodeEnv, machine: Machine, container: RuntimeContainer, state: ShellState): void {
  let step;
  try {
    step = runScript(parseScript(scriptOf(container.command)), state, shellEnv(env, machine, container));
  } catch (error) {
    log(env, container, `sh: ${(error as Error).message}`);
    return exitLater(env, machine, container, 0, 2);
  }
  const output = step.stdout + step.stderr;
  if (output !== '') log(env, container, output);
  if (container.state !== 'running') return;
  if (step.ended) exitLater(env, machine, container, 0, step.state.code);
  else if (step.afterMs !== Infinity) {
    const task: MachineTask = { type: 'script', container: container.id, state: step.state };
    container.timers.push(
      env.control.scheduleFor(machineProcess(machine.name), step.afterMs, task, env.by, { timeout: true }),
    );
  }
}
