/**
 * A live cluster at a point of its life, and what was seen of it: from it the life may go on in more than one
 * way. What is to be gone back to is never played on, only copies of it are.
 */
import { play } from '../dsl/interpreter.ts';
import type { Operation } from '../dsl/operations/operation.ts';
import { vocabularyOf } from '../dsl/phrases/vocabulary.ts';
import { createSession, driverOf, forkSession, lastEntry } from '../dsl/session.ts';
import type { Session, SessionListener, SessionOptions } from '../dsl/types.ts';
import type { EntryId, Millis } from '../sim/kernel/types.ts';
import type { Printed, Strike } from '../view/run.ts';
import { TruthSampler } from '../view/truth.ts';
import type { Act } from './act.ts';
import type { Referee } from './referee.ts';

export class Branch {
  readonly session: Session;
  readonly sampler: TruthSampler;
  /** Watches the goals of a level, where there are any. */
  readonly referee: Referee | undefined;
  private printed: Printed[] = [];
  private strikes: Strike[] = [];

  private constructor(
    make: (listener: SessionListener) => Session,
    sampler: TruthSampler,
    referee: Referee | undefined,
  ) {
    this.sampler = sampler;
    this.referee = referee;
    this.session = make({
      happens: () => this.look(),
      printed: (line, { code, output }) => void this.printed.push({ line, code, output }),
      struck: ({ kind, forMs }, { targets }) =>
        void this.strikes.push({ kind, targets, ...(forMs === undefined ? {} : { forMs }) }),
    });
  }

  /** Before there is a cluster. */
  static root(options: SessionOptions): Branch {
    return new Branch((listener) => createSession(options, listener), new TruthSampler(), undefined);
  }

  /** @param referee in place of a copy of its own */
  fork(referee: Referee | undefined = this.referee?.fork()): Branch {
    return new Branch(
      (listener) => forkSession(this.session, this.session.options, listener),
      this.sampler.fork(),
      referee,
    );
  }

  get now(): Millis {
    return this.session.driver?.now ?? 0;
  }

  get lastEntry(): EntryId {
    return this.session.driver === undefined ? 0 : lastEntry(this.session.driver);
  }

  /**
   * Plays an operation; a command that fails is an act like any other.
   * @param action whether it stands under `When`
   * @throws InputError, ClaimError: the branch is then of no use
   */
  play(operation: Operation, action: boolean): Act {
    const [from, before] = [this.now, this.lastEntry];
    [this.printed, this.strikes] = [[], []];
    play(this.session, operation, { action, mayFail: true });
    if (this.session.driver !== undefined) this.look();
    const { printed, strikes, lastEntry: last } = this;
    const failed = printed.at(-1);
    return {
      operation,
      from,
      to: this.now,
      ...(last > before ? { entries: [before + 1, last] as const } : {}),
      printed,
      strikes,
      ...(failed === undefined || failed.code === 0 ? {} : { failedWith: firstLine(failed.output) }),
    };
  }

  /** Lets time pass, up to the end of an instant. @param enough asked at every event */
  pass(ms: Millis, enough: () => boolean): void {
    const driver = driverOf(this.session);
    if (driver.runUntil(enough, ms)) driver.pass(0);
    this.look();
  }

  /** The last operation is known better: for how long time passed. */
  correct(operation: Operation): void {
    const { operations, texts, kit } = this.session;
    operations[operations.length - 1] = operation;
    texts[texts.length - 1] = vocabularyOf(kit).renderLine(operation);
  }

  private look(): void {
    this.sampler.look(this.session);
    this.referee?.look(this.session);
  }
}

/** What a step can quote. */
const firstLine = (text: string): string => text.trim().split('\n')[0]!.trim();
