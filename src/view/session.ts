/** What the panes of a viewer ask of a run, whoever answers: a record, a replay, a live cluster. */
import type { EntryId, Millis } from '../sim/kernel/types.ts';
import type { Entry, Printed, Truth } from './run.ts';

/** An object of the API before and after a change of it. */
export interface Difference {
  readonly before?: unknown;
  readonly after?: unknown;
}

export interface Session {
  /** Oldest first. */
  readonly entries: readonly Entry[];
  readonly truths: readonly Truth[];
  /** The objects of the API at a moment. */
  stateAt(at: Millis): Promise<readonly unknown[]>;
  /** What a line that reads prints at a moment. @throws Error with what is wrong with the line */
  kubectl(line: string, at: Millis): Promise<Printed>;
  /** From an entry back to where it began. */
  why(entry: EntryId): readonly Entry[];
  /** What a change did to its object. */
  difference(entry: EntryId): Promise<Difference>;
}

/** From an entry back to its root, by causes. @param byId the entries */
export function chainOf(byId: ReadonlyMap<EntryId, Entry>, entry: EntryId): readonly Entry[] {
  const chain: Entry[] = [];
  for (let next = byId.get(entry); next !== undefined; next = byId.get(next.cause)) {
    chain.push(next);
    if (next.cause >= next.id) break;
  }
  return chain;
}
