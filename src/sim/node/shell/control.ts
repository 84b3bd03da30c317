/** What the shell's own commands ask of the interpreter. */
import type { ShellEnv } from './env.ts';
import type { Descriptor, Frame, ShellProcess, ShellState } from './state.ts';

export interface Launch {
  /** Variables that are set for it alone. */
  readonly assigned: ReadonlyMap<string, string | readonly string[]>;
  /** Descriptors to go back to when it ends. */
  readonly before: ReadonlyMap<number, Descriptor> | undefined;
  readonly tested: boolean;
  /** The process ends with it. */
  readonly replaces: boolean;
}

export interface ShellControl {
  readonly state: ShellState;
  readonly env: ShellEnv;
  /** @throws BrokenPipe, WriteError */
  write(process: ShellProcess, descriptor: number, text: string): void;
  /** Says what went wrong, on standard error. */
  complain(process: ShellProcess, message: string): void;
  /** Goes on in another script, and comes back. @throws ShellSyntaxError */
  enter(process: ShellProcess, frame: Frame): void;
  /** Ends the innermost script. */
  leave(process: ShellProcess): void;
  exit(process: ShellProcess, code: number): void;
  launch(process: ShellProcess, argv: readonly string[], options: Launch): void;
  /** @returns whether there is such a process */
  kill(pid: number, signal: string): boolean;
}
