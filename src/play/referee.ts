/** Watches the goals of a level over a live cluster: at every change each is asked whether it is met. */
import { simulationOf } from '../dsl/capabilities.ts';
import type { Verdict } from '../dsl/claims/types.ts';
import type { Mark } from '../dsl/mark.ts';
import type { Moment } from '../dsl/moment.ts';
import type { AssertOperation } from '../dsl/operations/operation.ts';
import { vocabularyOf } from '../dsl/phrases/vocabulary.ts';
import { driverOf, lastEntry, markNow, presentState } from '../dsl/session.ts';
import { entriesAfter } from '../dsl/state.ts';
import type { Session } from '../dsl/types.ts';
import { viewOf, watcherOf } from '../dsl/walk.ts';
import type { Language } from '../messages/index.ts';
import type { EntryId, Millis } from '../sim/kernel/types.ts';

/** `broken`: it can be met only by going back to before. */
export type GoalState = 'open' | 'met' | 'broken';

/** How a goal stands. Plain data, replaced as a whole when it is asked again. */
interface Standing {
  readonly state: GoalState;
  /** Since when the claim holds without a break; absent while it does not. */
  readonly heldSince?: Millis;
  /** When its verdict may turn although nothing happens. */
  readonly recheckAt: Millis;
  /** Of the newest verdict; of a broken goal, of the one that broke it. */
  readonly found: Verdict['found'];
  readonly brokenAt?: Millis;
}

const UNASKED: Standing = { state: 'open', recheckAt: Number.NEGATIVE_INFINITY, found: () => '' };

/** A goal as it stands, in a language's words. */
export interface GoalReport {
  readonly state: GoalState;
  /** What was found when it was asked last. */
  readonly found: string;
  /** Of one that is broken. */
  readonly brokenAt?: Millis;
}

/**
 * How a verdict moves a goal on. What must hold all the time is met until it is broken; what must hold for a
 * while is met once it has.
 */
function stateOf(
  { mode, durationMs = 0 }: Moment,
  throughout: boolean,
  before: Standing,
  holds: boolean,
  heldMs: Millis,
): GoalState {
  if (before.state === 'broken') return 'broken';
  if (throughout || mode === 'every') return holds ? 'met' : 'broken';
  if (mode === 'never') return holds ? 'broken' : 'met';
  if (mode === 'sometimes') return holds || before.state === 'met' ? 'met' : 'open';
  if (mode === 'for') return before.state === 'met' || (holds && heldMs >= durationMs) ? 'met' : 'open';
  return holds ? 'met' : 'open';
}

export class Referee {
  readonly goals: readonly AssertOperation[];
  /** What else is watched, which decides nothing. */
  private readonly watched: readonly AssertOperation[];
  /** Of the goals, and of what else is watched behind them. */
  private standings: readonly Standing[];
  private from: Mark | undefined;
  private seen: EntryId = 0;
  /** What claims keep from one look to the next, by goal. */
  private readonly memos: readonly Map<unknown, unknown>[];
  /** When all goals were met for the first time. */
  wonAt: Millis | undefined;

  constructor(goals: readonly AssertOperation[], watched: readonly AssertOperation[] = []) {
    this.goals = goals;
    this.watched = watched;
    this.standings = [...goals, ...watched].map(() => UNASKED);
    this.memos = this.standings.map(() => new Map());
  }

  /** One that has seen the same. */
  fork(): Referee {
    const fork = new Referee(this.goals, this.watched);
    fork.standings = this.standings;
    fork.from = this.from;
    fork.seen = this.seen;
    fork.wonAt = this.wonAt;
    return fork;
  }

  /** From now on it counts. */
  begin(session: Session): void {
    this.from = markNow(session);
    this.look(session);
  }

  get won(): boolean {
    return this.wonAt !== undefined;
  }

  /** How much of what else is watched was broken. */
  get watchedBroken(): number {
    return this.standings.slice(this.goals.length).filter((s) => s.state === 'broken').length;
  }

  report(language: Language): GoalReport[] {
    return this.standings
      .slice(0, this.goals.length)
      .map(({ state, found, brokenAt }) => ({
        state,
        found: found(language),
        ...(brokenAt === undefined ? {} : { brokenAt }),
      }));
  }

  /** Asks the goals that what has happened since the last look concerns. */
  look(session: Session): void {
    const { from } = this;
    if (from === undefined) return;
    const driver = driverOf(session);
    const last = lastEntry(driver);
    const { now } = driver;
    if (last === this.seen && this.standings.every((s) => s.recheckAt > now)) return;
    const fresh = [...entriesAfter(driver.history, this.seen)];
    this.seen = last;
    this.standings = [...this.goals, ...this.watched].map((goal, i) => {
      const before = this.standings[i]!;
      const { concerns } = watcherOf(
        session,
        vocabularyOf(session.kit).claimFamilyOf(goal.claim),
        goal.claim,
        true,
      );
      return before.recheckAt <= now || fresh.some(concerns)
        ? this.ask(session, goal, before, from, this.memos[i]!)
        : before;
    });
    const won = this.standings.slice(0, this.goals.length).every((s) => s.state === 'met');
    if (won) this.wonAt ??= now;
  }

  private ask(
    session: Session,
    { claim, moment }: AssertOperation,
    before: Standing,
    from: Mark,
    memo: Map<unknown, unknown>,
  ): Standing {
    if (before.state === 'broken') return before;
    const driver = driverOf(session);
    const { now } = driver;
    const family = vocabularyOf(session.kit).claimFamilyOf(claim);
    // Who sends a request leaves traces (logs, use of CPU): a cluster that is watched has none of them.
    const sends = family.asks(claim, session.kit.invariants) === 'physical' && family.cumulative !== true;
    const asked = sends ? simulationOf(driver).fork() : driver;
    const verdict = family.evaluate(claim, viewOf(session, now, presentState(session), asked, from, memo));
    const heldSince = verdict.holds ? (before.heldSince ?? now) : undefined;
    // What is counted, held until now, and will not turn again, is over: a request that failed has failed.
    const isOver =
      family.cumulative === true && before.heldSince !== undefined && verdict.recheckAt === undefined;
    const throughout = moment.mode === 'now' && (family.overall?.(claim) === true || isOver);
    const state = stateOf(moment, throughout, before, verdict.holds, now - (heldSince ?? now));
    const longEnough = moment.mode === 'for' && heldSince !== undefined ? heldSince + moment.durationMs! : 0;
    const recheckAt = Math.min(
      ...[verdict.recheckAt ?? 0, longEnough].filter((at) => at > now),
      Number.POSITIVE_INFINITY,
    );
    return {
      state,
      ...(heldSince === undefined ? {} : { heldSince }),
      recheckAt,
      found: verdict.found,
      ...(state === 'broken' ? { brokenAt: now } : {}),
    };
  }
}
