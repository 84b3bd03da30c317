/**
 * What is remembered of a run: every change of the API, of the physical world, every operation, each with its
 * cause.
 */
import type { EntryBase, Message } from './types.ts';

/** A write that etcd took. `before` undefined: created; `after` undefined: gone. */
export interface ApiChange extends EntryBase {
  readonly type: 'api';
  /** Which table changed: `pods`, `deployments.apps`. */
  readonly resource: string;
  readonly kind: string;
  /** '' for cluster-scoped kinds. */
  readonly namespace: string;
  readonly name: string;
  readonly revision: number;
  readonly before: unknown;
  readonly after: unknown;
}

/** A change of the physical world (power, processes, files, network), or a note of why. */
export interface WorldChange extends EntryBase, Message {
  readonly type: 'world';
}

/** Something the scenario or its user did: `key` is which operation, `args` what it is about. */
export interface OperationEntry extends EntryBase, Message {
  readonly type: 'operation';
}

/** A change of the history: of the API, of the physical world, or an operation that others follow from. */
export type HistoryEntry = ApiChange | WorldChange | OperationEntry;

/**
 * How much is kept: everything, or the last `tail` entries and the count. What falls off the end is folded
 * into the hash, unless `hash` is false (at scale folding costs more than the run saves): then there is no
 * hash.
 */
export type HistoryMode =
  | { readonly keep: 'all' }
  | { readonly keep: 'tail'; readonly tail: number; readonly hash?: boolean };
