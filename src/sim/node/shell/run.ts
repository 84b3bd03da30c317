/** Runs instructions of a parsed script, until it ends or a program takes time. */
import type { Millis } from '../../kernel/types.ts';
import { COMMANDS, type CommandResult, type ShellEnv } from './commands.ts';
import type { Instruction } from './parse.ts';

export interface ShellState {
  /** Next instruction. */
  at: number;
  /** Exit code of the last program. */
  code: number;
}

export interface ShellStep {
  readonly state: ShellState;
  readonly stdout: string;
  readonly stderr: string;
  /** Ended with `state.code`, or busy for so long (Infinity: for ever) before the next step. */
  readonly ended: boolean;
  readonly afterMs: Millis;
}

/** Instructions run without time passing before a script counts as spinning: it then runs for ever. */
const SPIN_LIMIT = 2000;

/** Goes on from `from` until a program takes time or the script ends. */
export function runScript(script: readonly Instruction[], from: ShellState, env: ShellEnv): ShellStep {
  let { at, code } = from;
  let stdout = '';
  let stderr = '';
  for (let steps = 0; at < script.length; steps++) {
    if (steps > SPIN_LIMIT) return { state: { at, code }, stdout, stderr, ended: false, afterMs: Infinity };
    const instruction = script[at]!;
    at += 1;
    if (instruction.op === 'jump') {
      at = instruction.to;
      continue;
    }
    if (instruction.op === 'jumpIfFailed') {
      if (code !== 0) at = instruction.to;
      continue;
    }
    if (instruction.op === 'jumpIfOk') {
      if (code === 0) at = instruction.to;
      continue;
    }
    const result = runProgram(instruction.argv, env);
    code = instruction.negate ? (result.code === 0 ? 1 : 0) : result.code;
    if (instruction.redirect === undefined) stdout += result.stdout;
    else redirect(instruction.redirect, result, env);
    stderr += result.stderr;
    if (result.exit === true)
      return { state: { at: script.length, code }, stdout, stderr, ended: true, afterMs: 0 };
    if (result.afterMs !== undefined && result.afterMs > 0) {
      return { state: { at, code }, stdout, stderr, ended: false, afterMs: result.afterMs };
    }
  }
  return { state: { at, code }, stdout, stderr, ended: true, afterMs: 0 };
}

function redirect(to: { path: string; append: boolean }, result: CommandResult, env: ShellEnv): void {
  const path = to.path.startsWith('/') ? to.path : `/${to.path}`;
  if (path === '/dev/null' || path.startsWith('/proc/')) return;
  env.write(path, (to.append ? (env.read(path) ?? '') : '') + result.stdout);
}

function runProgram(argv: readonly string[], env: ShellEnv): CommandResult {
  const words = argv[0] === 'exec' && argv.length > 1 ? argv.slice(1) : argv;
  const [first] = words;
  if (first === undefined || /^[A-Za-z_]\w*=/.test(first)) return { code: 0, stdout: '', stderr: '' };
  const name = first.slice(first.lastIndexOf('/') + 1);
  const program = COMMANDS.get(name);
  if (program === undefined) return { code: 127, stdout: '', stderr: `sh: ${first}: not found\n` };
  return program([name, ...words.slice(1)], env);
}
