/** Something that was done to a live cluster: an operation, and what came of it at once. */
import type { Operation } from '../dsl/operations/operation.ts';
import type { EntryId, Millis } from '../sim/kernel/types.ts';
import type { Printed, Strike } from '../view/run.ts';

export interface Act {
  /** It needs no files. */
  readonly operation: Operation;
  readonly from: Millis;
  readonly to: Millis;
  /** The first and the last entry that were written while it was played. */
  readonly entries?: readonly [EntryId, EntryId];
  readonly printed: readonly Printed[];
  readonly strikes: readonly Strike[];
  /** Of a command that failed, a part of what it said. */
  readonly failedWith?: string;
}
