/** Moments of a run, as a session remembers them. */
import type { EntryId, Millis } from '../sim/kernel/types.ts';

/** A moment of the run: after this entry, at this time. */
export interface Mark {
  readonly at: Millis;
  readonly entry: EntryId;
  /** How many operations had been played. */
  readonly operations: number;
}

/** What was done last, all of it at one instant. */
export interface LastActs {
  /** Their entries in the history, the first one first. */
  readonly entries: readonly EntryId[];
  /** How many operations had been played before the first one. */
  readonly operations: number;
  /** When all of it was done, before anything came of it. */
  readonly done: Mark;
  /** The last one, as it was said. */
  readonly text: string;
}
