/**
 * One concrete scenario played to its end. It has three parts: a beginning, shared by many trials; what
 * happens, from the first operation that is not scenery on; and the judges, the last operations, which say
 * what must hold. Only they can fail a trial: where anything before them cannot be played (pods never ready,
 * a fault without a target, a command refused) the trial has no meaning and proves nothing.
 */
import type { Strike } from '../chaos/schedule.ts';
import { ClaimError, EndedError, inputErrorOf } from '../dsl/errors.ts';
import { play } from '../dsl/interpreter.ts';
import { type Vocabulary, vocabularyOf } from '../dsl/phrases/vocabulary.ts';
import type { Operation } from '../dsl/operations/operation.ts';
import type { Session, SessionOptions } from '../dsl/types.ts';
import { forkSession } from '../dsl/session.ts';
import { wasThere } from '../dsl/vacuity.ts';
import type { Beginnings } from './beginnings.ts';

/** A scenario without quantifiers, and the seed it is played with. */
export interface Concrete {
  readonly seed: string;
  readonly operations: readonly Operation[];
}

export interface Failure {
  /** Which of the operations failed. */
  readonly judge: Operation;
  readonly error: ClaimError;
}

export interface Trial {
  /** Absent where the trial has no meaning before there is one. */
  readonly session: Session | undefined;
  /** In the order of the judges. */
  readonly failures: readonly Failure[];
  /** Why it proves nothing. */
  readonly meaningless: string | undefined;
  /** Whether that is because the caller's time was over: it does not count as played. */
  readonly overdue: boolean;
  /** Faults that met no target. */
  readonly missed: readonly Strike[];
}

/** Where the beginning ends, and where the judges begin. */
export function partsOf(
  operations: readonly Operation[],
  words: Vocabulary,
): { readonly begin: number; readonly judge: number } {
  const first = operations.findIndex((o) => o.op === 'seed' || words.happens(o));
  const roles = operations.map((o) => words.familyOf(o).role);
  const healed = roles.lastIndexOf('remedy');
  const last = roles.findLastIndex(
    (role, i) => role !== 'judge' && role !== 'remedy' && !(role === 'time' && healed >= 0 && i > healed),
  );
  return { begin: first < 0 ? operations.length : first, judge: last + 1 };
}

/** @param options more for the session: hooks, limits */
export function tryOut(
  { seed, operations }: Concrete,
  beginnings: Beginnings,
  options: Partial<SessionOptions> = {},
): Trial {
  const words = vocabularyOf(beginnings.kit);
  const { begin, judge } = partsOf(operations, words);
  const missed: Strike[] = [];
  const failures: Failure[] = [];
  const done = (session: Session | undefined, ended?: Meaningless): Trial => ({
    session,
    failures,
    meaningless: ended?.why,
    overdue: ended?.overdue === true,
    missed,
  });
  let session: Session | undefined;
  try {
    session = beginnings.begin(seed, operations.slice(0, Math.min(begin, judge)), {
      missed: (strike) => void missed.push(strike),
      ...options,
    });
    for (const operation of operations.slice(Math.min(begin, judge), judge)) play(session, operation);
  } catch (error) {
    return done(session, whyOf(error));
  }
  const judges = operations.slice(judge);
  for (const [i, operation] of judges.entries()) {
    try {
      // What comes after would be judged at another time.
      const looksAhead = words.familyOf(operation).looks?.(operation) === 'ahead';
      play(looksAhead && i < judges.length - 1 ? forkSession(session) : session, operation);
    } catch (error) {
      if (!(error instanceof ClaimError)) return done(session, whyOf(error));
      failures.push({ judge: operation, error });
      // What does not settle goes on, so that claims about the end would speak of its middle.
      if (operation.op !== 'assert') return done(session);
    }
  }
  return done(session);
}

interface Meaningless {
  readonly why: string;
  readonly overdue: boolean;
}

/** @throws what is a defect of ours */
function whyOf(error: unknown): Meaningless {
  const why = error instanceof ClaimError ? error : inputErrorOf(error);
  if (why === undefined) throw error;
  return { why: why.message, overdue: why instanceof EndedError && why.overdue };
}

/**
 * Whether smaller scenarios fail as a trial did. Where what its claim speaks of was there, it is to be there
 * in them: without its Deployment any claim about one fails, and says nothing of what was found.
 */
export function failsLike(found: Trial, words: Vocabulary): (trial: Trial) => boolean {
  const isAboutSomething = ({ session, failures }: Trial): boolean => {
    const judge = failures[0]?.judge;
    if (session === undefined || judge?.op !== 'assert') return true;
    return wasThere(
      session,
      words.claimFamilyOf(judge.claim).subjects?.(judge.claim, session.namespace) ?? [],
    );
  };
  const wasAboutSomething = isAboutSomething(found);
  return (trial) => trial.failures.length > 0 && (!wasAboutSomething || isAboutSomething(trial));
}

/** Faults that met nobody are no part of what happened. */
export function withoutMissed(scenario: Concrete, { missed }: Trial): Concrete {
  if (missed.length === 0) return scenario;
  const met = scenario.operations.map((o) =>
    o.op === 'faults' ? { ...o, strikes: o.strikes.filter((s) => !missed.includes(s)) } : o,
  );
  return { ...scenario, operations: met.filter((o) => o.op !== 'faults' || o.strikes.length > 0) };
}
