/**
 * Programs of containers that work on the cluster as its clients, and know more of it than HTTP would tell
 * them: kubectl. They are handed in with what a cluster is made of.
 */
import type { Millis } from '../kernel/types.ts';

/** What a program is run with, or run on, and what it sees of its container. */
export interface ProgramCall {
  /** Without its name. */
  readonly argv: readonly string[];
  /** Of its Pod. */
  readonly pod: string;
  readonly namespace: string;
  /** Files of the container; undefined: there is none. */
  read(path: string): string | undefined;
  list(path: string): readonly string[] | undefined;
  readonly stdin: string;
  /** Whether time may pass until it ends. */
  readonly mayWait: boolean;
  /** What it kept when it last waited, plain data; undefined at its beginning. */
  readonly state: unknown;
}

/** What it wrote; and its exit code, or when it is to be run on, with what it keeps until then. */
export interface ProgramOutcome {
  readonly written: readonly { readonly stream: 'out' | 'err'; readonly text: string }[];
  readonly goesOn: number | { readonly afterMs: Millis; readonly state: unknown };
}
