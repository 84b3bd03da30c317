/** What a program is given when it is run or run on, and what comes of it. */
import type { Millis } from '../../kernel/types.ts';
import type { ShellEnv } from './env.ts';

export interface ProcessInfo {
  readonly pid: number;
  readonly parent: number;
  readonly command: string;
}

export interface Call {
  /** The first is its name, without a path. */
  readonly argv: readonly string[];
  readonly env: ShellEnv;
  readonly environment: Readonly<Record<string, string>>;
  readonly cwd: string;
  /** What it kept when it last waited; undefined at its beginning. */
  readonly state: unknown;
  /** What a command that it had run has ended with. */
  readonly result: { readonly code: number; readonly output: string } | undefined;
  readonly input: Input;
  /** What a descriptor reads from; undefined: it is closed. */
  opened(descriptor: number): Input | undefined;
  /** @throws BrokenPipe, WriteError, which end the program */
  out(text: string): void;
  err(text: string): void;
  /** The container's processes, the caller's own among them. */
  processes(): readonly ProcessInfo[];
  /** @returns whether there is such a process */
  kill(pid: number, signal: string): boolean;
  /** A shell runs it that is dash: what is a builtin of it differs from bash'. */
  readonly dash: boolean;
  /** Whether the container has a program of that name. */
  has(name: string): boolean;
  /** Programs that nobody knows may be there from now on. */
  install(): void;
  /** It listens from now on. */
  serve(ports: readonly number[]): void;
}

export interface Input {
  /** All that has come and was not taken. */
  take(): string;
  /** A line with its end, or what is left where no more comes; undefined: none has come yet. */
  line(): string | undefined;
  /** Puts back what was taken too much. */
  back(text: string): void;
  /** No more will come. */
  readonly ended: boolean;
}

/**
 * An exit code; or why the program does not end yet: time is to pass, input is to come, a command is to
 * be run first, or it runs until it is killed.
 */
export type Outcome =
  | number
  | { readonly waitMs: Millis; readonly state: unknown }
  | { readonly input: true; readonly state: unknown }
  | {
      readonly run: readonly string[];
      readonly state: unknown;
      /** All of it; absent: the program's own. */
      readonly environment?: Readonly<Record<string, string>>;
      readonly stdin?: string;
      /** What it writes is given back, and not written where the program writes to. */
      readonly capture?: boolean;
      /** The command takes its place. */
      readonly replaces?: boolean;
      readonly timeoutMs?: Millis;
    };

export type Program = (call: Call) => Outcome;

/** Nobody reads what is written: SIGPIPE. */
export class BrokenPipe extends Error {}

export class WriteError extends Error {}

/** How long until it is killed. */
export const FOREVER: Outcome = { waitMs: Number.POSITIVE_INFINITY, state: null };
