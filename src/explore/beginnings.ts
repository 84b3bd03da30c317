/** Beginnings of scenarios, played once and forked for every run that shares them. */
import { EndedError } from '../dsl/errors.ts';
import type { Kit, Session, SessionOptions } from '../dsl/types.ts';
import type { Operation } from '../dsl/operations/operation.ts';
import { play } from '../dsl/interpreter.ts';
import { createSession, forkSession } from '../dsl/session.ts';

/** A booted cluster is some hundred kilobytes. */
const KEPT = 32;

export class Beginnings {
  /** What all that begins here is played with. */
  readonly kit: Kit;
  private readonly options: SessionOptions;
  /** In the order of their last use; what could not be played is remembered as its error. */
  private readonly played = new Map<string, Session | Error>();

  constructor(options: SessionOptions) {
    this.options = options;
    this.kit = options.kit;
  }

  /**
   * A session that has played the operations with that seed; the caller's own. @throws as `play` does, every
   * time
   */
  begin(seed: string, operations: readonly Operation[], options: Partial<SessionOptions> = {}): Session {
    const key = JSON.stringify([seed, operations]);
    const found = this.played.get(key) ?? this.play(seed, operations, options.limits);
    this.played.delete(key);
    this.played.set(key, found);
    const [oldest] = this.played.keys();
    if (this.played.size > KEPT) this.played.delete(oldest!);
    if (found instanceof Error) throw found;
    return forkSession(found, { ...this.options, seed, ...options });
  }

  /** @throws EndedError when the caller's time is over, which is no matter of the beginning */
  private play(
    seed: string,
    operations: readonly Operation[],
    limits: SessionOptions['limits'],
  ): Session | Error {
    const session = createSession({ ...this.options, seed, ...(limits === undefined ? {} : { limits }) });
    try {
      for (const operation of operations) play(session, operation);
      return session;
    } catch (error) {
      if (error instanceof EndedError && error.overdue) throw error;
      return error as Error;
    }
  }
}
