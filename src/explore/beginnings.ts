/** Beginnings of scenarios, played once and forked for every run that shares them. */
import { EndedError } from '../dsl/errors.ts';
import type { Kit, Session, SessionOptions } from '../dsl/types.ts';
import type { Operation } from '../dsl/operations/operation.ts';
import { play } from '../dsl/interpreter.ts';
import { createSession, forkSession } from '../dsl/session.ts';

/** A booted cluster is some hundred kilobytes. */
const KEPT = 32;

/** What could not be played, and at which operation it ended. */
class Unplayable {
  readonly error: unknown;
  readonly operation: Operation | undefined;

  constructor(error: unknown, operation: Operation | undefined) {
    this.error = error;
    this.operation = operation;
  }
}

const keyOf = (seed: string, operations: readonly Operation[]): string => JSON.stringify([seed, operations]);

export class Beginnings {
  /** What all that begins here is played with. */
  readonly kit: Kit;
  private readonly options: SessionOptions;
  /** In the order of their last use; what could not be played is remembered as its error. */
  private readonly played = new Map<string, Session | Unplayable>();
  /** Of operations that are asked for again and again as they are: manifests may be megabytes. */
  private readonly keys = new WeakMap<
    readonly Operation[],
    { readonly seed: string; readonly key: string }
  >();

  constructor(options: SessionOptions) {
    this.options = options;
    this.kit = options.kit;
  }

  /**
   * A session that has played the operations with that seed; the caller's own. @throws as `play` does, every
   * time
   */
  begin(seed: string, operations: readonly Operation[], options: Partial<SessionOptions> = {}): Session {
    const key = this.keyOf(seed, operations);
    const found = this.played.get(key) ?? this.play(seed, operations, options.limits);
    this.played.delete(key);
    this.played.set(key, found);
    const [oldest] = this.played.keys();
    if (this.played.size > KEPT) this.played.delete(oldest!);
    if (found instanceof Unplayable) throw found.error;
    // It goes on by its caller's limits, and not by those of who asked for it first.
    return forkSession(found, { ...this.options, seed, limits: this.options.limits ?? {}, ...options });
  }

  private keyOf(seed: string, operations: readonly Operation[]): string {
    const known = this.keys.get(operations);
    if (known?.seed === seed) return known.key;
    const key = keyOf(seed, operations);
    this.keys.set(operations, { seed, key });
    return key;
  }

  /** The operation that a beginning could not be played for, while it is remembered. */
  failedAt(seed: string, operations: readonly Operation[]): Operation | undefined {
    const found = this.played.get(keyOf(seed, operations));
    return found instanceof Unplayable ? found.operation : undefined;
  }

  /** @throws EndedError when the caller's time is over, which is no matter of the beginning */
  private play(
    seed: string,
    operations: readonly Operation[],
    limits: SessionOptions['limits'],
  ): Session | Unplayable {
    const session = createSession({ ...this.options, seed, ...(limits === undefined ? {} : { limits }) });
    try {
      for (const operation of operations) play(session, operation);
      return session;
    } catch (error) {
      if (error instanceof EndedError && error.overdue) throw error;
      return new Unplayable(error, operations[session.operations.length - 1]);
    }
  }
}
