/**
 * Runs a shell's processes until none of them can go on before time passes or something comes from
 * outside. All it knows is in the state: a run may end anywhere and go on from a copy.
 */
import type { Command, Redirection, Word } from 'unbash';
import type { Millis } from '../../kernel/types.ts';
import { PROBLEM_WORDS } from '../files/filesystem.ts';
import { builtinFor, SPECIAL_BUILTINS } from './builtins.ts';
import type { Launch, ShellControl } from './control.ts';
import { BrokenPipe, type Call, type Outcome, type ProcessInfo, type Program, WriteError } from './call.ts';
import { type Instruction, instructionsOf } from './compile.ts';
import { holds } from './condition.ts';
import { addOpen, closeUnused, hasInput, hasMoreThan, inputOf, write } from './descriptors.ts';
import type { Neighbour, ShellEnv } from './env.ts';
import { Expansion, ExpansionError, isName, quotedText, setVariable, Suspension } from './expand.ts';
import { evaluate } from './arithmetic.ts';
import { ShellSyntaxError } from './parse.ts';
import { absolute, baseName } from './paths.ts';
import { matchesPattern } from './pattern.ts';
import { isShell, programNamed } from './programs/index.ts';
import { nginxControl } from './programs/nginx.ts';
import { resolveRedirection, redirected } from './redirections.ts';
import { signalNumber } from './signals.ts';
import { dynamicFile } from './proc.ts';
import {
  callsOf,
  type Descriptor,
  emptyProcess,
  firstOpens,
  type Frame,
  frameOf,
  type Place,
  type ShellProcess,
  type ShellState,
  type Variable,
  type Wait,
} from './state.ts';

/** What a run writes, in its order. */
export interface Written {
  readonly stream: 'out' | 'err';
  readonly text: string;
}

export interface ShellStep {
  readonly written: readonly Written[];
  /** Undefined: it has not ended. */
  readonly code: number | undefined;
  /** When to run it on, in ms from now; Infinity: time alone brings nothing. */
  readonly afterMs: Millis;
}

/** Steps without time passing before a script counts as spinning: it then runs for ever. */
const SPIN_LIMIT = 20_000;
/** Steps of one process before the others have their turn. */
const TURN = 200;
/** With which `timeout` ends where its time was up. */
const TIMED_OUT = 124;
/** BusyBox' timeout is the program itself, which SIGTERM ends. */
const KILLED = 143;
const MOST_PROCESSES = 256;
/** Calls of functions, sourced files and `eval` within each other. */
const DEEPEST = 200;

const PATH = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

/** A shell that is about to run a command line, as the first process of a container or beside it. */
export function startShell(argv: readonly string[], env: ShellEnv, pid = 1): ShellState {
  const [first = ''] = argv;
  const variables = new Map<string, Variable>();
  const given = { PATH, HOSTNAME: env.hostname, HOME: '/root', ...env.environment };
  for (const [name, value] of Object.entries(given))
    variables.set(name, { value, exported: true, readonly: false });
  variables.set('PWD', { value: env.workingDir, exported: true, readonly: false });
  const process: ShellProcess = {
    ...emptyProcess(pid, 0),
    name: first === '' ? 'sh' : first,
    variables,
    cwd: env.workingDir,
    frames: [frameOf('main', { text: `exec ${argv.map(quotedText).join(' ')}`, at: 0 })],
  };
  return {
    processes: [process],
    nextPid: pid + 6,
    opens: firstOpens(env),
    nextOpen: 3,
    partial: { out: '', err: '' },
  };
}

/**
 * Lets a shell go on from where it is.
 * @param programs that are there beside those that containers may have, or in their place
 */
export function runShell(
  state: ShellState,
  env: ShellEnv,
  programs?: ReadonlyMap<string, Program>,
): ShellStep {
  return new Interpreter(state, env, programs).run();
}

/**
 * A signal for a process of the shell.
 * @returns what comes of it: a trap is to be run (run the shell on), the process ends, nothing
 */
export function signalShell(
  state: ShellState,
  pid: number,
  name: string,
  first: boolean,
): 'trapped' | 'ends' | 'ignored' | 'none' {
  const process = state.processes.find((p) => p.pid === pid && p.exit === undefined);
  if (process === undefined) return 'none';
  const trap = name === 'KILL' ? undefined : process.traps.get(name);
  if (trap !== undefined) {
    if (trap === '') return 'ignored';
    process.signals.push(name);
    return 'trapped';
  }
  if (name === 'CHLD' || name === 'CONT' || name === 'WINCH' || name === 'URG') return 'ignored';
  // The first process of a PID namespace is not ended by what it does not handle (pid_namespaces(7)).
  return first && name !== 'KILL' ? 'ignored' : 'ends';
}

/** How a program words that what it was to run is not there; undefined: the shell says so. */
function ranInVain(by: string, name: string, busybox: boolean): string | undefined {
  if (by === 'xargs') return name;
  if (!['env', 'nice', 'nohup', 'timeout'].includes(by)) return undefined;
  if (busybox) return `can't execute '${name}'`;
  return by === 'env' || by === 'nice' ? `'${name}'` : `failed to run command '${name}'`;
}

class Interpreter implements ShellControl {
  readonly state: ShellState;
  readonly env: ShellEnv;
  private readonly programs: ReadonlyMap<string, Program> | undefined;
  private readonly written: Written[] = [];
  private readonly first: ShellProcess;

  constructor(state: ShellState, env: ShellEnv, programs: ReadonlyMap<string, Program> | undefined) {
    this.state = state;
    this.env = env;
    this.programs = programs;
    this.first = state.processes[0]!;
  }

  run(): ShellStep {
    let steps = 0;
    for (;;) {
      let moved = false;
      for (const process of [...this.state.processes]) {
        for (let i = 0; i < TURN && this.isReady(process); i++) {
          this.step(process);
          moved = true;
          steps += 1;
          if (this.first.exit !== undefined) return this.finished();
        }
      }
      if (!moved) break;
      if (steps > SPIN_LIMIT) return this.paused(Number.POSITIVE_INFINITY);
    }
    closeUnused(this.state);
    let until = Number.POSITIVE_INFINITY;
    for (const { wait } of this.state.processes)
      if (wait !== undefined && 'until' in wait) until = Math.min(until, wait.until ?? until);
    return this.paused(until - this.env.now);
  }

  private finished(): ShellStep {
    const { partial } = this.state;
    for (const stream of ['out', 'err'] as const)
      if (partial[stream] !== '') this.written.push({ stream, text: partial[stream] });
    this.state.processes.length = 1;
    return { written: this.written, code: this.first.exit, afterMs: 0 };
  }

  private paused(afterMs: Millis): ShellStep {
    return { written: this.written, code: undefined, afterMs };
  }

  private isReady(process: ShellProcess): boolean {
    const { wait, exit } = process;
    if (exit !== undefined) return false;
    if (wait === undefined) return true;
    switch (wait.for) {
      case 'time':
        return this.env.now >= wait.until;
      case 'input':
        return hasInput(this.state, wait.open);
      case 'line':
        return hasMoreThan(this.state, wait.open, wait.beyond);
      case 'children':
        return (
          wait.pids.every((pid) => process.ended.has(pid)) ||
          (wait.until !== undefined && this.env.now >= wait.until)
        );
      case 'wait':
        return process.signals.length > 0 || wait.pids.every((pid) => process.ended.has(pid));
      case 'ever':
        return false;
    }
  }

  // --- What a process writes

  private readonly emit = (stream: 'out' | 'err', text: string): void => {
    const { partial } = this.state;
    const all = partial[stream] + text;
    const end = all.lastIndexOf('\n') + 1;
    partial[stream] = all.slice(end);
    if (end > 0) this.written.push({ stream, text: all.slice(0, end) });
  };

  /** @throws BrokenPipe, WriteError */
  write(process: ShellProcess, descriptor: number, text: string): void {
    write(this.state, this.env.files, process, descriptor, text, this.emit);
  }

  /** What the shell itself says of what went wrong. */
  complain(process: ShellProcess, message: string): void {
    const called = isShell(baseName(process.name)) ? process.name : process.bash ? 'bash' : 'sh';
    const name = process.bash ? `${called}: line 1` : called;
    try {
      this.write(process, 2, `${name}: ${message}\n`);
    } catch (error) {
      if (!(error instanceof WriteError || error instanceof BrokenPipe)) throw error;
    }
  }

  // --- Processes

  /** A copy of a process that goes its own way. */
  fork(process: ShellProcess, place: Place, tested: boolean): ShellProcess {
    const frame = frameOf('main', place, { tested, locals: new Map() });
    const child: ShellProcess = {
      ...emptyProcess(this.state.nextPid, process.pid),
      bash: process.bash,
      name: process.name,
      variables: new Map(process.variables),
      functions: new Map(process.functions),
      options: process.options,
      traps: new Map([...process.traps].filter(([, action]) => action === '')),
      cwd: process.cwd,
      params: process.params,
      status: process.status,
      lastJob: process.lastJob,
      descriptors: new Map(process.descriptors),
      frames: [frame],
      callers: process.bash ? callsOf(process) : [],
    };
    this.state.nextPid += 1;
    if (this.state.processes.length >= MOST_PROCESSES) {
      this.complain(process, 'Cannot fork');
      child.exit = 2;
      process.ended.set(child.pid, 2);
    } else this.state.processes.push(child);
    return child;
  }

  /** The shell of a process is to end: its EXIT trap comes first. */
  exit(process: ShellProcess, code: number): void {
    const trap = process.traps.get('EXIT');
    delete process.reads;
    process.program = undefined;
    process.wait = undefined;
    process.results.clear();
    if (trap === undefined || trap === '') return this.end(process, code);
    process.traps.delete('EXIT');
    process.status = code;
    process.frames = [];
    this.enterTrap(process, trap, code);
    if (process.frames.length === 0 && process.exit === undefined) this.end(process, code);
  }

  end(process: ShellProcess, code: number): void {
    process.exit = code;
    process.wait = undefined;
    process.program = undefined;
    this.state.processes
      .find(({ pid, exit }) => pid === process.parent && exit === undefined)
      ?.ended.set(process.pid, code);
    if (process !== this.first)
      this.state.processes = this.state.processes.filter((other) => other !== process);
  }

  /** Processes that are none of this shell's. */
  private neighbours(): readonly Neighbour[] {
    return this.env.neighbours().filter(({ pid }) => pid !== this.first.pid);
  }

  /** @returns whether there is such a process */
  kill(pid: number, name: string): boolean {
    const isFirst = this.first.pid === pid;
    const neighbour = isFirst ? undefined : this.neighbours().find((other) => other.pid === pid);
    if (neighbour !== undefined) {
      neighbour.signal(name);
      return true;
    }
    if (name === '0') return this.state.processes.some((p) => p.pid === pid);
    switch (signalShell(this.state, pid, name, isFirst && pid === 1)) {
      case 'none':
        return false;
      case 'ends':
        this.end(this.state.processes.find((p) => p.pid === pid)!, 128 + (signalNumber(name) ?? 15));
        return true;
      default:
        return true;
    }
  }

  processes(): ProcessInfo[] {
    this.env.doubt();
    return [
      ...this.neighbours().map(({ pid, command }) => ({ pid, parent: 0, command })),
      ...this.state.processes
        .filter(({ exit }) => exit === undefined)
        .map(({ pid, parent, program, name, frames }) => ({
          pid,
          parent,
          command:
            program?.argv.join(' ') ?? (frames[0]?.text.startsWith('exec ') ? frames[0].text.slice(5) : name),
        })),
    ];
  }

  // --- Steps

  private step(process: ShellProcess): void {
    try {
      if (process.wait !== undefined) this.awake(process);
      else if (process.program !== undefined) this.runProgram(process);
      else if (process.signals.length > 0) this.trap(process);
      else this.instruct(process);
    } catch (error) {
      if (error instanceof BrokenPipe) return this.end(process, 141);
      if (error instanceof WriteError) {
        this.complain(process, `write error: ${error.message}`);
        process.results.clear();
        const frame = process.frames.at(-1);
        if (frame !== undefined) frame.at += 1;
        process.status = 1;
        return;
      }
      if (error instanceof ExpansionError || error instanceof ShellSyntaxError) {
        this.complain(process, error.message);
        return this.exit(process, error instanceof ExpansionError ? error.code : 2);
      }
      throw error;
    }
  }

  /** What a process waited for has come. */
  private awake(process: ShellProcess): void {
    const wait = process.wait!;
    process.wait = undefined;
    if (wait.for === 'children') {
      for (const pid of wait.pids)
        if (!process.ended.has(pid)) {
          this.kill(pid, 'KILL');
          process.ended.set(pid, this.env.busybox ? KILLED : TIMED_OUT);
        }
      const codes = wait.pids.map((pid) => process.ended.get(pid)!);
      for (const pid of wait.pids) process.ended.delete(pid);
      const code = codes.at(-1) ?? 0;
      if (wait.capture !== undefined) {
        const open = this.state.opens.get(wait.capture.open);
        const text = open?.kind === 'pipe' ? open.text : '';
        this.state.opens.delete(wait.capture.open);
        if (process.program !== undefined) process.program.result = { code, output: text };
        else {
          process.results.set(wait.capture.key, text.replace(/\n+$/, '').replaceAll('\0', ''));
          process.substituted = code;
        }
      } else if (process.program !== undefined) process.program.result = { code, output: '' };
      else {
        const failed = codes.findLast((c) => c !== 0);
        this.settle(process, process.options.includes('p') ? (failed ?? 0) : code, wait.tested);
      }
    } else if (wait.for === 'wait') {
      const signal = process.signals[0];
      const last = wait.pids.at(-1);
      if (signal !== undefined && !wait.pids.every((pid) => process.ended.has(pid)))
        process.status = 128 + (signalNumber(signal) ?? 0);
      else {
        process.status = last === undefined || wait.all ? 0 : (process.ended.get(last) ?? 127);
        process.jobs = process.jobs.filter((pid) => !wait.pids.includes(pid));
      }
    }
  }

  private trap(process: ShellProcess): void {
    const text = process.traps.get(process.signals.shift()!);
    if (text === undefined || text === '') return;
    this.enterTrap(process, text, process.status);
  }

  /** A command has ended with a status: `set -e` and the ERR trap look at it. */
  private settle(process: ShellProcess, status: number, tested: boolean): void {
    process.status = status;
    if (status === 0 || tested || process.frames.some((frame) => frame.tested || frame.kind === 'trap'))
      return;
    const trap = process.traps.get('ERR');
    if (process.options.includes('e')) return this.exit(process, status);
    if (trap !== undefined && trap !== '') this.enterTrap(process, trap, status);
  }

  /**
   * A trap that is no script is told of: bash passes it by, dash ends.
   * @param status that it begins with
   */
  private enterTrap(process: ShellProcess, text: string, status: number): void {
    try {
      this.enter(process, frameOf('trap', { text, at: 0 }, { status, params: process.params }));
    } catch (error) {
      if (!(error instanceof ShellSyntaxError)) throw error;
      this.complain(process, `trap: ${error.message}`);
      if (!process.bash) this.end(process, 2);
    }
  }

  /** Goes on in another script, and comes back. @throws ShellSyntaxError */
  enter(process: ShellProcess, frame: Frame): void {
    if (process.frames.length >= DEEPEST) {
      this.complain(process, 'maximum function recursion depth exceeded');
      return this.end(process, 2);
    }
    instructionsOf(frame.text);
    process.frames.push(frame);
  }

  /** Ends the innermost script. */
  leave(process: ShellProcess): void {
    const frame = process.frames.pop()!;
    if (frame.redirects.length > 0) process.descriptors = new Map(frame.redirects[0]);
    if (frame.params !== undefined) process.params = frame.params;
    for (const [name, value] of frame.locals)
      if (value === undefined) process.variables.delete(name);
      else process.variables.set(name, value);
    if (frame.status !== undefined) process.status = frame.status;
    if (process.frames.length === 0) this.scriptEnded(process);
  }

  /** There is no more to do; a shell without a script does what is typed next. */
  private scriptEnded(process: ShellProcess): void {
    const { reads } = process;
    if (reads === undefined) return this.exit(process, process.status);
    const open = process.descriptors.get(0)?.open ?? 0;
    const input = inputOf(this.state, this.env.files, process);
    const line = input.line();
    if (line === undefined) {
      const held = this.state.opens.get(open);
      if (held?.kind !== 'terminal') return this.exit(process, process.status);
      if (held.prompts === true && !reads.prompted)
        this.write(process, 2, reads.text === '' ? (process.bash ? 'bash-5.2# ' : '# ') : '> ');
      process.reads = { ...reads, prompted: true };
      process.wait = { for: 'line', open, beyond: (held.text ?? '').length };
      return;
    }
    if (line === '') return this.exit(process, process.status);
    const text = reads.text + line;
    process.reads = { text: '', prompted: false };
    try {
      this.enter(process, frameOf('main', { text, at: 0 }));
    } catch (error) {
      if (!(error instanceof ShellSyntaxError)) throw error;
      if (error.incomplete && !input.ended) {
        process.reads = { text, prompted: false };
        return;
      }
      this.complain(process, error.message);
      process.status = 2;
    }
  }

  private instruct(process: ShellProcess): void {
    const frame = process.frames.at(-1);
    if (frame === undefined) return this.scriptEnded(process);
    const instruction = instructionsOf(frame.text)[frame.at];
    if (instruction === undefined || instruction.op === 'leave') return this.leave(process);
    try {
      this.execute(process, frame, instruction);
    } catch (error) {
      if (!(error instanceof Suspension)) throw error;
      this.substitute(process, error);
    }
  }

  /** Runs a command whose output an expansion needs. */
  private substitute(process: ShellProcess, { text, key }: Suspension): void {
    const open = addOpen(this.state, { kind: 'pipe', text: '' });
    const child = this.fork(process, { text, at: 0 }, false);
    child.options = process.bash ? child.options.replace('e', '') : child.options;
    child.descriptors.set(1, { open, writes: true });
    process.wait = { for: 'children', pids: [child.pid], tested: true, capture: { open, key } };
  }

  /** The instruction is done with: what its expansions did is forgotten. */
  private advance(process: ShellProcess, frame: Frame, to = frame.at + 1): void {
    process.results.clear();
    frame.at = to;
  }

  private expansion(process: ShellProcess): Expansion {
    return new Expansion(process, this.env, this.state);
  }

  private execute(process: ShellProcess, frame: Frame, instruction: Instruction): void {
    switch (instruction.op) {
      case 'simple':
        return this.simple(process, frame, instruction.command, instruction.tested);
      case 'jump':
        return this.advance(process, frame, instruction.to);
      case 'ifFailed':
        return this.advance(process, frame, process.status === 0 ? frame.at + 1 : instruction.to);
      case 'ifOk':
        return this.advance(process, frame, process.status === 0 ? instruction.to : frame.at + 1);
      case 'status':
        process.status = instruction.status;
        break;
      case 'negate':
        process.status = process.status === 0 ? 1 : 0;
        break;
      case 'pipe':
        return this.pipe(process, frame, instruction);
      case 'subshell': {
        const child = this.fork(
          process,
          { text: frame.text, at: frame.at + 1 },
          this.isTested(process, instruction.tested),
        );
        this.advance(process, frame, instruction.to);
        process.wait = { for: 'children', pids: [child.pid], tested: instruction.tested };
        return;
      }
      case 'background': {
        const child = this.fork(process, { text: frame.text, at: frame.at + 1 }, false);
        child.descriptors.set(0, { open: 0, writes: false });
        process.lastJob = child.pid;
        process.jobs.push(child.pid);
        process.status = 0;
        return this.advance(process, frame, instruction.to);
      }
      case 'redirect':
        return this.redirect(process, frame, instruction.redirections);
      case 'restore':
        process.descriptors = new Map(frame.redirects.pop()!);
        break;
      case 'loop':
        frame.loops.push({
          breakTo: instruction.breakTo,
          continueTo: instruction.continueTo,
          redirects: frame.redirects.length,
          items: [],
        });
        break;
      case 'words':
        frame.loops.at(-1)!.items =
          instruction.words === undefined
            ? process.params
            : this.expansion(process).fields(instruction.words);
        break;
      case 'next': {
        const loop = frame.loops.at(-1)!;
        const [item, ...rest] = loop.items;
        if (item === undefined) return this.advance(process, frame, instruction.to);
        setVariable(process, instruction.name, item);
        loop.items = rest;
        break;
      }
      case 'endLoop':
        frame.loops.pop();
        break;
      case 'case':
        frame.words.push(this.expansion(process).text(instruction.word));
        break;
      case 'match': {
        const expansion = this.expansion(process);
        const word = frame.words.at(-1)!;
        const found = instruction.patterns.some((p) => matchesPattern(expansion.pattern(p), word));
        return this.advance(process, frame, found ? frame.at + 1 : instruction.to);
      }
      case 'endCase':
        frame.words.pop();
        break;
      case 'arithmetic': {
        const expansion = this.expansion(process);
        const value = expansion.calculate(() => evaluate(instruction.expression, expansion));
        this.advance(process, frame);
        return this.settle(process, value === 0n ? 1 : 0, instruction.tested);
      }
      case 'condition': {
        const found = holds(instruction.expression, this.expansion(process), process, this.env);
        this.advance(process, frame);
        return this.settle(process, found ? 0 : 1, instruction.tested);
      }
      case 'define':
        process.functions.set(instruction.name, { text: frame.text, at: frame.at + 1 });
        process.status = 0;
        return this.advance(process, frame, instruction.to);
      case 'passOver':
        this.env.passOver(instruction.what);
        process.status = 0;
        break;
      case 'leave':
        return;
    }
    this.advance(process, frame);
  }

  private isTested(process: ShellProcess, tested: boolean): boolean {
    return tested || process.frames.some((frame) => frame.tested);
  }

  private pipe(
    process: ShellProcess,
    frame: Frame,
    { bodies, both, to, tested }: Extract<Instruction, { op: 'pipe' }>,
  ): void {
    let input: Descriptor | undefined;
    const pids = bodies.map((at, i) => {
      const child = this.fork(process, { text: frame.text, at }, this.isTested(process, tested));
      if (input !== undefined) child.descriptors.set(0, input);
      if (i < bodies.length - 1) {
        const open = addOpen(this.state, { kind: 'pipe', text: '' });
        child.descriptors.set(1, { open, writes: true });
        if (both[i] === true) child.descriptors.set(2, { open, writes: true });
        input = { open, writes: false };
      }
      return child.pid;
    });
    this.advance(process, frame, to);
    process.wait = { for: 'children', pids, tested };
  }

  private redirect(process: ShellProcess, frame: Frame, redirections: readonly Redirection[]): void {
    const expansion = this.expansion(process);
    const resolved = redirections.map((r) => resolveRedirection(expansion, r));
    const before = process.descriptors;
    const { descriptors, problem } = redirected(this.state, this.env, process, resolved);
    if (problem === undefined) {
      frame.redirects.push(before);
      process.descriptors = descriptors;
      return this.advance(process, frame);
    }
    this.complain(process, problem);
    // The command that it belongs to is not run.
    const instructions = instructionsOf(frame.text);
    let depth = 0;
    let at = frame.at;
    do {
      const { op } = instructions[at]!;
      if (op === 'redirect') depth += 1;
      if (op === 'restore') depth -= 1;
      at += 1;
    } while (depth > 0);
    this.advance(process, frame, at);
    this.settle(process, this.redirectionFailure(process), false);
  }

  /** What a command comes to that could not be redirected: dash has it as wrong use. */
  private redirectionFailure({ bash }: ShellProcess): number {
    return bash || this.env.busybox ? 1 : 2;
  }

  // --- Simple commands

  private simple(process: ShellProcess, frame: Frame, command: Command, tested: boolean): void {
    const expansion = this.expansion(process);
    for (const part of command.prefix) {
      if (part.type !== 'Assignment') continue;
      const { name, value, append, index } = part;
      const old = expansion.assigned.get(name) ?? process.variables.get(name)?.value;
      const given =
        value.type === 'ArrayValue' ? expansion.fields(value.elements) : this.assignedText(expansion, value);
      expansion.assigned.set(name, combine(old, given, append === true, index && expansion.text(index)));
    }
    const argv: string[] = [];
    const words = command.name === undefined ? command.args : [command.name, ...command.args];
    for (const word of words)
      if (word.type === 'Word') argv.push(...expansion.fields([word]));
      else {
        const { value, name, append } = word;
        if (value.type === 'ArrayValue') {
          expansion.assigned.set(name, expansion.fields(value.elements));
          argv.push(name);
        } else {
          const before = append === true ? expansion.get(name) : '';
          argv.push(`${name}=${before}${this.assignedText(expansion, value)}`);
        }
      }
    const resolved = command.redirects.map((r) => resolveRedirection(expansion, r));
    const assigned = expansion.assigned;
    if (process.options.includes('x')) this.trace(process, assigned, argv);
    const before = process.descriptors;
    const { descriptors, problem } = redirected(this.state, this.env, process, resolved);
    if (problem !== undefined) {
      this.complain(process, problem);
      this.advance(process, frame);
      if (argv.length > 0 && SPECIAL_BUILTINS.has(argv[0]!) && !process.bash) return this.exit(process, 2);
      return this.settle(process, this.redirectionFailure(process), tested);
    }
    const { substituted } = process;
    process.substituted = undefined;
    if (argv.length === 0) {
      for (const [name, value] of assigned) setVariable(process, name, value);
      this.advance(process, frame);
      return this.settle(process, substituted ?? 0, tested);
    }
    process.descriptors = descriptors;
    this.command(process, frame, argv, assigned, before, tested);
  }

  private assignedText(expansion: Expansion, value: Word): string {
    const text = expansion.text(value);
    // After a colon, too, a tilde is the home directory (POSIX 2.6.1).
    return /:~(?=\/|:|$)/.test(value.text)
      ? text.replaceAll(/:~(?=\/|:|$)/g, `:${expansion.get('HOME')}`)
      : text;
  }

  private trace(
    process: ShellProcess,
    assigned: ReadonlyMap<string, string | readonly string[]>,
    argv: readonly string[],
  ): void {
    const words = [
      ...[...assigned].map(
        ([name, value]) => `${name}=${quotedText(typeof value === 'string' ? value : value.join(' '))}`,
      ),
      ...argv.map(quotedText),
    ];
    this.write(process, 2, `+ ${words.join(' ')}\n`);
  }

  /** Runs a command by its words: a function, something of the shell's own, a program. */
  private command(
    process: ShellProcess,
    frame: Frame,
    argv: readonly string[],
    assigned: ReadonlyMap<string, string | readonly string[]>,
    before: Map<number, Descriptor>,
    tested: boolean,
  ): void {
    const name = argv[0]!;
    const body = process.functions.get(name);
    if (body !== undefined) {
      const locals = this.assignFor(process, assigned);
      this.advance(process, frame);
      const redirects = before === process.descriptors ? [] : [before];
      this.enter(
        process,
        frameOf('function', body, { name, tested, params: process.params, locals, redirects }),
      );
      process.params = argv.slice(1);
      return;
    }
    const builtin = builtinFor(process, argv);
    if (builtin === undefined) {
      this.advance(process, frame);
      return this.launch(process, argv, { assigned, before, tested, replaces: false });
    }
    const special = SPECIAL_BUILTINS.has(name);
    const hidden = this.assignFor(process, assigned);
    const depth = process.frames.length;
    const at = frame.at;
    const outcome = builtin(this, process, argv, tested);
    if (outcome === 'blocked') {
      process.descriptors = before;
      return;
    }
    // Assignments before special builtins stay (POSIX 2.14), and so do the redirections of `exec`.
    if (!special)
      for (const [key, value] of hidden)
        if (value === undefined) process.variables.delete(key);
        else process.variables.set(key, value);
    if (process.exit !== undefined) return;
    if (name !== 'exec' && process.program === undefined) {
      const entered = process.frames.length > depth ? process.frames.at(-1)! : undefined;
      if (entered !== undefined && before !== process.descriptors) entered.redirects = [before];
      else process.descriptors = process.frames.includes(frame) ? before : process.descriptors;
    }
    process.results.clear();
    if (outcome === 'moved') return;
    if (frame.at === at) frame.at += 1;
    if (typeof outcome === 'number') this.settle(process, outcome, tested);
  }

  /** Sets variables for one command. @returns what they were */
  private assignFor(
    process: ShellProcess,
    assigned: ReadonlyMap<string, string | readonly string[]>,
  ): Map<string, Variable | undefined> {
    const before = new Map<string, Variable | undefined>();
    for (const [name, value] of assigned) {
      before.set(name, process.variables.get(name));
      setVariable(process, name, value);
      process.variables.set(name, { ...process.variables.get(name)!, exported: true });
    }
    return before;
  }

  /** Begins to run a program in a process. */
  launch(process: ShellProcess, argv: readonly string[], options: Launch): void {
    const environment: Record<string, string> = {};
    for (const [name, { value, exported }] of process.variables)
      if (exported && typeof value === 'string') environment[name] = value;
    for (const [name, value] of options.assigned)
      environment[name] = typeof value === 'string' ? value : (value[0] ?? '');
    process.program = {
      argv,
      environment,
      state: undefined,
      result: undefined,
      replaces: options.replaces,
      before: options.before,
      tested: options.tested,
      beganAt: this.env.now,
    };
  }

  private runProgram(process: ShellProcess): void {
    const running = process.program!;
    let outcome: Outcome;
    try {
      outcome = this.play(process);
    } catch (error) {
      if (!(error instanceof WriteError)) throw error;
      this.complainOf(process, `${running.argv[0]}: write error: ${error.message}`);
      outcome = 1;
    }
    // A shell that it became has its own script.
    if (process.program !== running) return;
    running.result = undefined;
    if (typeof outcome === 'number') return this.programEnded(process, outcome);
    running.state = outcome.state;
    if ('waitMs' in outcome)
      process.wait =
        outcome.waitMs === Number.POSITIVE_INFINITY
          ? { for: 'ever' }
          : { for: 'time', until: this.env.now + outcome.waitMs };
    else if ('input' in outcome) process.wait = this.forInput(process);
    else if (outcome.replaces === true) {
      process.program = {
        ...running,
        argv: outcome.run,
        by: running.argv[0]!,
        state: undefined,
        environment: outcome.environment ?? running.environment,
      };
    } else {
      const child = this.fork(process, { text: ':', at: 0 }, true);
      child.frames = [];
      child.program = {
        ...running,
        argv: outcome.run,
        by: running.argv[0]!,
        environment: outcome.environment ?? running.environment,
        state: undefined,
        replaces: true,
        before: undefined,
      };
      if (outcome.stdin !== undefined)
        child.descriptors.set(0, {
          open: addOpen(this.state, { kind: 'text', text: outcome.stdin }),
          writes: false,
        });
      const capture = outcome.capture === true ? addOpen(this.state, { kind: 'pipe', text: '' }) : undefined;
      if (capture !== undefined) child.descriptors.set(1, { open: capture, writes: true });
      process.wait = {
        for: 'children',
        pids: [child.pid],
        tested: true,
        ...(outcome.timeoutMs === undefined ? {} : { until: this.env.now + outcome.timeoutMs }),
        ...(capture === undefined ? {} : { capture: { open: capture, key: '' } }),
      };
    }
  }

  /** For more than a program has left untaken: one that wants all of it takes nothing before. */
  private forInput(process: ShellProcess): Wait {
    const open = process.descriptors.get(0)?.open ?? 0;
    const from = this.state.opens.get(open);
    const beyond = from?.kind === 'pipe' ? from.text.length : 0;
    return beyond > 0 ? { for: 'line', open, beyond } : { for: 'input', open };
  }

  private complainOf(process: ShellProcess, text: string): void {
    try {
      this.write(process, 2, `${text}\n`);
    } catch {
      // Nobody hears it.
    }
  }

  private programEnded(process: ShellProcess, code: number): void {
    const { before, replaces, tested } = process.program!;
    process.program = undefined;
    if (before !== undefined) process.descriptors = new Map(before);
    if (replaces) return this.end(process, code);
    this.settle(process, code, tested);
  }

  private program(name: string): Program | undefined {
    return this.programs?.get(name) ?? programNamed(name, this.env.busybox, this.env.own);
  }

  /** One step of a program that runs. */
  private play(process: ShellProcess): Outcome {
    const { argv, environment, state, result } = process.program!;
    const [first = ''] = argv;
    const path = first.slice(first.lastIndexOf('/') + 1);
    const ownFile = first.includes('/') ? this.env.files.stat(absolute(process.cwd, first)) : undefined;
    if (ownFile?.kind === 'file' && ownFile.content !== '' && state === undefined) {
      const refused = this.runFile(process, argv, ownFile.content, ownFile.mode);
      if (refused !== undefined) return refused;
      return 0;
    }
    if (isShell(path)) return this.becomeShell(process, argv);
    const program = this.program(path) ?? nginxControl(argv, this.env.server);
    if (program === undefined) return this.unknown(process, argv);
    const call: Call = {
      argv: [path, ...argv.slice(1)],
      env: this.env,
      environment,
      cwd: process.cwd,
      state,
      result,
      input: inputOf(this.state, this.env.files, process),
      opened: (descriptor) =>
        process.descriptors.has(descriptor)
          ? inputOf(this.state, this.env.files, process, descriptor)
          : undefined,
      out: (text) => this.write(process, 1, text),
      err: (text) => this.write(process, 2, text),
      processes: () => this.processes(),
      kill: (pid, signal) => this.kill(pid, signal),
      dash: !process.bash && !this.env.busybox,
      has: (name) => isShell(name) || this.program(name) !== undefined,
      install: () => {
        this.state.installed = true;
      },
      serve: (ports) => {
        this.state.serving ??= { since: this.env.now, ports: [...ports] };
      },
    };
    return program(call);
  }

  /** A script in a file is run by the shell that its first line names. @returns a code where it is not */
  private runFile(
    process: ShellProcess,
    argv: readonly string[],
    content: string,
    mode: number,
  ): number | undefined {
    if ((mode & 0o111) === 0) {
      this.complain(process, `${argv[0]}: Permission denied`);
      return 126;
    }
    const interpreter = /^#![ \t]*(\S+)(?:[ \t]+([^\n]*))?\n/.exec(content);
    const words =
      interpreter === null ? ['sh'] : [interpreter[1]!, ...(interpreter[2]?.trim().split(/\s+/) ?? [])];
    process.program = { ...process.program!, argv: [...words, ...argv], state: 'script' };
    return undefined;
  }

  /** `sh -c text name args`, `sh -e file args`, `sh` with a script to read. */
  private becomeShell(process: ShellProcess, argv: readonly string[]): Outcome {
    const { environment, replaces, before, tested } = process.program!;
    const bash = argv[0]!.endsWith('bash');
    let options = '';
    let command = false;
    let i = 1;
    for (; i < argv.length; i++) {
      const word = argv[i]!;
      if (word === '--') {
        i += 1;
        break;
      }
      if (/^--\w/.test(word)) continue;
      if (!/^[-+]\w+$/.test(word)) break;
      for (const letter of word.slice(1)) {
        if (letter === 'c') command = true;
        else if (letter === 'o')
          options +=
            argv[++i] === 'pipefail' ? 'p' : argv[i] === 'errexit' ? 'e' : argv[i] === 'nounset' ? 'u' : '';
        else if ('euxaf'.includes(letter)) options += letter;
      }
    }
    const rest = argv.slice(i);
    let text: string;
    let name = argv[0]!;
    let reads: ShellProcess['reads'];
    if (command) {
      if (rest[0] === undefined) {
        this.complain(process, bash ? '-c: option requires an argument' : '-c requires an argument');
        return 2;
      }
      text = rest[0];
      name = rest[1] ?? name;
    } else if (rest[0] === undefined) {
      const typed = this.state.opens.get(process.descriptors.get(0)?.open ?? 0)?.kind === 'terminal';
      const input = inputOf(this.state, this.env.files, process);
      if (!typed && !input.ended) return { input: true, state: null };
      if (typed) reads = { text: '', prompted: false };
      text = typed ? '' : input.take();
    } else {
      const path = absolute(process.cwd, rest[0]);
      const content = this.env.files.read(path) ?? dynamicFile(path, this.env);
      if (content === undefined) {
        const node = this.env.files.stat(path);
        if (this.env.server !== undefined && node === undefined) return this.unknown(process, rest);
        const why = node === undefined ? PROBLEM_WORDS.ENOENT : PROBLEM_WORDS.EISDIR;
        this.complainOf(
          process,
          bash
            ? `bash: ${rest[0]}: ${why}`
            : this.env.busybox
              ? `sh: can't open '${rest[0]}': ${why}`
              : `sh: 0: cannot open ${rest[0]}: ${why}`,
        );
        return bash ? 127 : 2;
      }
      text = content;
      name = rest[0];
    }
    const params = command ? rest.slice(2) : rest.slice(1);
    const target = replaces ? process : this.fork(process, { text: ':', at: 0 }, false);
    target.program = undefined;
    Object.assign(target, {
      bash,
      name,
      params,
      options,
      functions: new Map(),
      traps: new Map([...process.traps].filter(([, action]) => action === '')),
      results: new Map(),
      frames: [],
      callers: bash && !command && rest[0] !== undefined ? ['main'] : [],
      status: 0,
      ...(reads === undefined ? {} : { reads }),
    } satisfies Partial<ShellProcess>);
    const given = Object.entries(environment);
    const exported = (value: string): Variable => ({ value, exported: true, readonly: false });
    // What is no name of a variable bash passes on, and an ash does not.
    target.variables = new Map(
      (bash ? given : given.filter(([key]) => isName(key))).map(([key, value]) => [key, exported(value)]),
    );
    target.variables.set('PWD', exported(target.cwd));
    if (bash || this.env.busybox)
      target.variables.set('SHLVL', exported(String((Number(environment['SHLVL']) || 0) + 1)));
    try {
      this.enter(target, frameOf('main', { text, at: 0 }));
    } catch (error) {
      if (!(error instanceof ShellSyntaxError)) throw error;
      this.complainOf(process, `${bash ? 'bash' : 'sh'}: ${error.message}`);
      this.end(target, 2);
    }
    if (target === process) return 0;
    process.program = undefined;
    if (before !== undefined) process.descriptors = new Map(before);
    process.wait = { for: 'children', pids: [target.pid], tested };
    return 0;
  }

  /** A program that nobody has described here. */
  private unknown(process: ShellProcess, argv: readonly string[]): Outcome {
    const name = argv[0]!;
    const { env } = this;
    const isThere =
      this.state.installed === true ||
      (name.includes('/') && env.files.stat(absolute(process.cwd, name))?.kind === 'file');
    if (env.server === undefined && !isThere) {
      const { by } = process.program ?? {};
      const inVain = by === undefined ? undefined : ranInVain(by, name, env.busybox);
      if (inVain !== undefined) {
        this.complainOf(process, `${by}: ${inVain}: ${PROBLEM_WORDS.ENOENT}`);
        return 127;
      }
      const path = name.includes('/');
      const said =
        path && process.bash ? PROBLEM_WORDS.ENOENT : process.bash ? 'command not found' : 'not found';
      this.complain(process, process.bash || env.busybox ? `${name}: ${said}` : `1: ${name}: ${said}`);
      return 127;
    }
    const program = name.slice(name.lastIndexOf('/') + 1);
    const { server = program } = env;
    const isServer = program.startsWith(server) || server.startsWith(program);
    const stays = env.staysOn && (isServer || this.isLast(process));
    // Of the image's own server the catalogue says what it does.
    if (!isServer || !stays) env.passOver(name);
    if (stays) this.state.serving ??= { since: env.now };
    // A server that is told to be one in the background does so by itself.
    return stays && (!isServer || this.isLast(process))
      ? { waitMs: Number.POSITIVE_INFINITY, state: null }
      : 0;
  }

  /** Whether nothing is to be done after the command that runs, or it runs in the background. */
  private isLast(process: ShellProcess): boolean {
    const parent = this.state.processes.find(({ pid }) => pid === process.parent);
    if (parent?.wait?.for === 'children' && parent.wait.pids.includes(process.pid))
      if (parent.wait.capture !== undefined || !this.isLast(parent)) return false;
    if (process.program?.replaces === true) return true;
    return process.frames.every(({ text, at, kind }) => {
      if (kind === 'trap') return false;
      const instructions = instructionsOf(text);
      for (let i = at, steps = 0; steps < 1000; steps++) {
        const next = instructions[i];
        if (next === undefined || next.op === 'leave') return true;
        if (next.op === 'jump' || next.op === 'ifOk') i = next.to;
        else if (['ifFailed', 'restore', 'endLoop', 'endCase', 'negate', 'status'].includes(next.op)) i += 1;
        else return false;
      }
      return false;
    });
  }
}

function combine(
  old: string | readonly string[] | undefined,
  given: string | readonly string[],
  append: boolean,
  index: string | undefined,
): string | readonly string[] {
  if (index !== undefined && typeof given === 'string') {
    const list = typeof old === 'string' ? [old] : [...(old ?? [])];
    const at = Number(index);
    if (!(at >= 0 && at < 10_000)) return list;
    while (list.length < at) list.push('');
    list[at] = append ? (list[at] ?? '') + given : given;
    return list;
  }
  if (!append || old === undefined) return given;
  if (typeof given === 'string')
    return typeof old === 'string' ? old + given : [(old[0] ?? '') + given, ...old.slice(1)];
  return [...(typeof old === 'string' ? [old] : old), ...given];
}
