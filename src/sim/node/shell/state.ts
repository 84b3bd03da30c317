/**
 * What a shell remembers between two moments of virtual time: its processes, what they have open, and
 * where in their scripts they are. Plain data: scripts are kept as text and their instructions found
 * again by it.
 */
import type { Millis } from '../../kernel/types.ts';

export interface ShellState {
  /** By process id, in the order of their beginning; the first is the shell itself. */
  processes: ShellProcess[];
  nextPid: number;
  opens: Map<number, Open>;
  nextOpen: number;
  /** Lines that are not whole yet, by stream. */
  partial: { out: string; err: string };
  /** Packages were installed: a program that is not known may be of one. */
  installed?: boolean;
  /** A server of the image's has begun to listen, on ports of its own where they are known. */
  serving?: { since: Millis; ports?: number[] };
}

/** An open file description: those who inherit it share its offset. */
export type Open =
  | { readonly kind: 'stream'; readonly stream: 'out' | 'err' }
  | { readonly kind: 'null' }
  /** Somebody types, or may: until they say that nothing more will come. */
  | { readonly kind: 'terminal'; text?: string; ended?: true; readonly prompts?: true }
  | { readonly kind: 'file'; readonly path: string; offset: number; readonly append: boolean }
  /** A here-document, or what a program was given. */
  | { readonly kind: 'text'; text: string }
  | { readonly kind: 'pipe'; text: string };

export interface Descriptor {
  readonly open: number;
  readonly writes: boolean;
}

export interface Variable {
  readonly value: string | readonly string[];
  readonly exported: boolean;
  readonly readonly: boolean;
}

/** A place in a script. */
export interface Place {
  readonly text: string;
  readonly at: number;
}

/** Why a process does not go on. */
export type Wait =
  | { readonly for: 'time'; readonly until: Millis }
  | { readonly for: 'input'; readonly open: number }
  /** These to end, all of them. */
  | {
      readonly for: 'children';
      readonly pids: readonly number[];
      readonly tested: boolean;
      /** Those that run on then are killed. */
      readonly until?: Millis;
      /** What they wrote into this becomes the result of an expansion. */
      readonly capture?: { readonly open: number; readonly key: string };
    }
  /** More to read than so many characters, or no more to come. */
  | { readonly for: 'line'; readonly open: number; readonly beyond: number }
  /** The builtin `wait`, which signals cut short; `all`: whatever they ended with, it is 0. */
  | { readonly for: 'wait'; readonly pids: readonly number[]; readonly all: boolean }
  | { readonly for: 'ever' };

/** A program that a process runs. */
export interface Running {
  readonly argv: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  /** What it remembers of its own. */
  state: unknown;
  /** What a command that it had run ended with. */
  result: { readonly code: number; readonly output: string } | undefined;
  /** The process ends with it (`exec`). */
  readonly replaces: boolean;
  /** The program that had it run (`env`, `xargs`). */
  readonly by?: string;
  /** Descriptors to go back to when it ends. */
  readonly before: ReadonlyMap<number, Descriptor> | undefined;
  readonly tested: boolean;
  readonly beganAt: Millis;
}

export interface Loop {
  readonly breakTo: number;
  readonly continueTo: number;
  /** Redirections of the loop's own that are in force. */
  readonly redirects: number;
  /** Words of a `for` that are left. */
  items: readonly string[];
}

export interface Frame {
  readonly kind: 'main' | 'function' | 'source' | 'eval' | 'trap';
  /** Of a function. */
  readonly name?: string;
  readonly text: string;
  at: number;
  /** Failures within are looked at by who called it: `set -e` does not apply. */
  readonly tested: boolean;
  loops: Loop[];
  /** Words of the `case`s that are under way. */
  words: string[];
  /** Descriptors before the redirections of compound commands. */
  redirects: ReadonlyMap<number, Descriptor>[];
  /** To restore when it ends: positional parameters, variables that `local` hid, `$?` of a trap. */
  readonly params: readonly string[] | undefined;
  readonly locals: Map<string, Variable | undefined>;
  readonly status: number | undefined;
}

export interface ShellProcess {
  readonly pid: number;
  readonly parent: number;
  readonly bash: boolean;
  name: string;
  variables: Map<string, Variable>;
  functions: Map<string, Place>;
  /** Letters of `set`, with `p` for pipefail. */
  options: string;
  /** By signal, `EXIT` and `ERR` among them; '' ignores it. */
  traps: Map<string, string>;
  cwd: string;
  params: readonly string[];
  status: number;
  /** `$!` */
  lastJob: number;
  descriptors: Map<number, Descriptor>;
  frames: Frame[];
  /** Functions under way where it was forked, the innermost first; `main` below those of a script. */
  callers: readonly string[];
  wait: Wait | undefined;
  program: Running | undefined;
  /** What expansions of the instruction under way have done, not to be done again. */
  results: Map<string, string>;
  /** Status of its last command substitution; undefined: it had none. */
  substituted: number | undefined;
  /** Signals that have come, and whose traps are to be run. */
  signals: string[];
  /** Pids of background jobs that nobody has waited for. */
  jobs: number[];
  /** Statuses of children that have ended. */
  ended: Map<number, number>;
  /** The process is over. */
  exit: number | undefined;
  /** A shell without a script does what it reads: of a command that is not whole, what it has read. */
  reads?: { readonly text: string; readonly prompted: boolean };
}

/** What is open from the beginning: nothing to read, and the container's two streams. */
export const firstOpens = ({ stdin, tty }: { stdin: boolean; tty?: boolean }): Map<number, Open> =>
  new Map<number, Open>([
    [0, stdin ? { kind: 'terminal', ...(tty === true ? { prompts: true as const } : {}) } : { kind: 'null' }],
    [1, { kind: 'stream', stream: 'out' }],
    [2, { kind: 'stream', stream: 'err' }],
  ]);

const firstDescriptors = (): Map<number, Descriptor> =>
  new Map([
    [0, { open: 0, writes: false }],
    [1, { open: 1, writes: true }],
    [2, { open: 2, writes: true }],
  ]);

export const emptyProcess = (pid: number, parent: number): ShellProcess => ({
  pid,
  parent,
  bash: false,
  name: 'sh',
  variables: new Map(),
  functions: new Map(),
  options: '',
  traps: new Map(),
  cwd: '/',
  params: [],
  status: 0,
  lastJob: 0,
  descriptors: firstDescriptors(),
  frames: [],
  callers: [],
  wait: undefined,
  program: undefined,
  results: new Map(),
  substituted: undefined,
  signals: [],
  jobs: [],
  ended: new Map(),
  exit: undefined,
});

/** The functions and sourced files a process is in, the innermost first, as bash lists them in FUNCNAME. */
export function callsOf({ frames, callers }: ShellProcess): readonly string[] {
  const own = frames
    .filter(({ kind }) => kind === 'function' || kind === 'source')
    .map(({ kind, name }) => name ?? kind)
    .reverse();
  return [...own, ...callers];
}

export const frameOf = (kind: Frame['kind'], { text, at }: Place, more: Partial<Frame> = {}): Frame => ({
  kind,
  text,
  at,
  tested: false,
  loops: [],
  words: [],
  redirects: [],
  params: undefined,
  locals: new Map(),
  status: undefined,
  ...more,
});
