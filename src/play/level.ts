/** A level: a cluster in some trouble, and what must come to hold of it. Plain data. */
import type { AssertOperation, Operation } from '../dsl/operations/operation.ts';
import type { Language } from '../messages/index.ts';
import type { Millis } from '../sim/kernel/types.ts';

/** An operation as the level's file words it. */
export interface Said<O extends Operation = Operation> {
  readonly text: string;
  readonly operation: O;
}

/** A sentence that helps, and the lines that show it. */
export interface Hint {
  readonly text: string;
  readonly lines: readonly string[];
}

/** What a solution is measured by; absent: not by this. */
export interface StarLimits {
  /** For how long requests of the level's clients may fail. */
  readonly outageMs?: Millis;
  /** How many things may be done; time that passes is none. */
  readonly commands?: number;
  /** Whether no disruption budget may be broken. */
  readonly budget?: true;
}

export interface Level {
  /** The name of its file: `03-lost-page`. */
  readonly id: string;
  readonly language: Language;
  readonly title: string;
  readonly story: string;
  readonly seed: string;
  /** How the cluster comes to be as it is found. They need no files. */
  readonly start: readonly Operation[];
  readonly hints: readonly Hint[];
  /** What must come to hold, all of it at one moment. */
  readonly goals: readonly Said<AssertOperation>[];
  readonly solutions: readonly Solution[];
  readonly stars: StarLimits;
}

export interface Solution {
  readonly name: string;
  readonly steps: readonly Said[];
}
