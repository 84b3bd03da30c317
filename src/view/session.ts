/** What the panes of a viewer ask of a run, whoever answers: a record, a replay, a live cluster. */
import type { Operation } from '../dsl/operations/operation.ts';
import type { Attachment } from '../dsl/phrases/phrase.ts';
import type { Language } from '../messages/index.ts';
import type { EntryId, Millis } from '../sim/kernel/types.ts';
import type { Level } from './model/levels.ts';
import type { Choice, FaultOffer, Said } from './palette.ts';
import type { Entry, Flow, Happened, Printed, Step, Traffic } from './run.ts';

/** An object of the API before and after a change of it. */
export interface Difference {
  readonly before?: unknown;
  readonly after?: unknown;
}

export interface Session extends Happened {
  /** The objects of the API at a moment. */
  stateAt(at: Millis): Promise<readonly unknown[]>;
  /** What a line that reads prints at a moment. @throws Error with what is wrong with the line */
  kubectl(line: string, at: Millis): Promise<Printed>;
  /** How many healthy Pods budgets and workloads want, and have, over time. */
  levels(): Promise<readonly Level[]>;
  /** What came of the requests of its clients; of a run that is known by its record only, nothing. */
  traffic(): Promise<readonly Traffic[]>;
  /** Where requests go that are sent at a moment: those of its clients or, without any, to its Services. */
  flows(at: Millis): Promise<readonly Flow[]>;
  /** From an entry back to where it began. */
  why(entry: EntryId): readonly Entry[];
  /** What a change did to its object. */
  difference(entry: EntryId): Promise<Difference>;
  /**
   * A session of its own that has come to pass in the same way until a moment, and goes on by itself. What an
   * operator did at a stretch is in it to its end: its `endedAt` says where it stands.
   * @param language of its steps
   * @throws Error where a run is known by its record only
   */
  fork(at: Millis, language: Language): Promise<LiveSession>;
}

/**
 * A session that goes on. Its lists are new ones whenever there is more in them, and what was in them stays.
 * @example
 * const fork = await session.fork(62_000, 'en');
 * await fork.play('When node "node-2" loses power for 2 minutes');
 * for (const operation of fork.ahead) await fork.play(operation);
 * const feature = await fork.save('Two nodes at once');
 */
export interface LiveSession extends Session {
  /** What was played on it, and the time that passed, since it was forked or began. */
  readonly steps: readonly Step[];
  /** How the run that it was forked from went on. */
  readonly ahead: readonly Operation[];
  /**
   * Plays one step more. A claim that does not hold is a result; what else is wrong leaves all as it was.
   * @param what a step in the words of the language, with or without its keyword, or an operation
   * @param attachment the step's doc string, or the rows of its table
   * @throws Error with what is wrong with the step
   */
  play(what: string | Operation, attachment?: Attachment): Promise<Step>;
  /** Lets time go on. Of several times in a row one step is made. */
  advance(ms: Millis): Promise<void>;
  /** Every fault that can strike it. */
  offers(): Promise<readonly FaultOffer[]>;
  /** The sentence of a choice; nothing is played. @throws Error with what is missing or wrong in it */
  said(choice: Choice): Promise<Said>;
  /** Of the history. */
  hash(): Promise<string>;
  /** A feature that needs no files, and that `seatrial run` plays to the same hash. */
  save(name: string): Promise<string>;
  /** @param changed told whenever there is more to see @returns ends that */
  watch(changed: () => void): () => void;
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
