/** What it means that a claim holds now, within a time, for a time, at every moment or at no moment. */
import type { Driver } from '../drivers/driver.ts';
import type { KubeObject } from '../sim/api/types.ts';
import type { EntryId, Millis } from '../sim/kernel/types.ts';
import type { Moment } from './moment.ts';
import { actsNow, awaitConsequences, decidedBefore } from './consequences.ts';
import { wrong } from './errors.ts';
import { claimError, languageOf } from './explain.ts';
import type { LastActs, Mark } from './mark.ts';
import type { OperationOf } from './operations/operation.ts';
import type { Replayer, Session } from './types.ts';
import { vocabularyOf } from './phrases/vocabulary.ts';
import { driverOf, lastEntry, presentState, stateAt } from './session.ts';
import type { ApiState } from './state.ts';
import {
  BEGINNING,
  look,
  searchFuture,
  searchPast,
  viewOf,
  watcherOf,
  type Look,
  type Watcher,
} from './walk.ts';
import { warningOf } from './warnings.ts';

/**
 * How long `eventually` waits at most: as long as a cluster is given to settle. Time-outs that come due
 * meanwhile count as part of the way.
 */
const EVENTUALLY_MS = 3_600_000;

/** The API's state at a time gone by. */
function stateUntil(session: Session, at: Millis): ApiState {
  const { history } = driverOf(session);
  let last = history[0]?.id ?? 0;
  for (const entry of history) {
    if (entry.at > at) break;
    last = entry.id;
  }
  return stateAt(session, last);
}

/** The newest change of some objects up to a time. */
function lastChangeOf(driver: Driver, objects: readonly KubeObject[], at: Millis): EntryId | undefined {
  const keys = new Set(objects.map((o) => `${o.kind} ${o.metadata.namespace ?? ''}/${o.metadata.name}`));
  if (keys.size === 0) return undefined;
  return driver.history.findLast(
    (e) => e.at <= at && e.type === 'api' && keys.has(`${e.kind} ${e.namespace}/${e.name}`),
  )?.id;
}

/**
 * What to blame for a claim that does not hold, by weight. One that did not come to hold is held up by
 * something: a Pod that has no room explains more than a deadline that has passed because of it, though that
 * was the last change. Of one that was broken it is the change that broke it, where the search has met that.
 */
function blameFor(driver: Driver, { verdict, at, entry }: Look, mode: Moment['mode']): EntryId | undefined {
  const waited = mode === 'now' || mode === 'within' || mode === 'eventually';
  const [first] = waited && verdict.cause === undefined ? (verdict.stuck?.() ?? []) : [];
  const heldUpBy = first === undefined ? undefined : lastChangeOf(driver, [first], at);
  return heldUpBy ?? entry ?? lastChangeOf(driver, verdict.objects, at);
}

/**
 * Holds a claim against the run; one that held and yet proves little leaves a warning.
 * @throws ClaimError when the claim does not hold as its moment says; InputError when it cannot be asked so
 */
export function assertClaim(
  session: Session,
  operation: OperationOf<'assert'>,
  text: string,
  replay: Replayer,
): void {
  holdClaim(session, operation, text, replay);
  const { claim } = operation;
  const subjects = vocabularyOf(session.kit).claimFamilyOf(claim).subjects?.(claim, session.namespace) ?? [];
  if (subjects.length > 0) session.held.push({ operation: session.operations.length, subjects });
}

function holdClaim(session: Session, operation: OperationOf<'assert'>, text: string, replay: Replayer): void {
  const driver = driverOf(session);
  const { claim, moment } = operation;
  const language = languageOf(session);
  const start: Mark = { at: driver.now, entry: lastEntry(driver), operations: session.operations.length };
  const since = moment.since === undefined ? undefined : session.marks.get(moment.since);
  if (moment.since !== undefined && since === undefined) throw wrong('noMark', { mark: moment.since });
  const fail = (found: Look): never => {
    throw claimError(session, text, operation, {
      at: found.at,
      found: found.found,
      objects: found.verdict.objects,
      stuck: found.verdict.stuck?.() ?? [],
      entry: blameFor(driver, found, moment.mode),
    });
  };
  const warn = (key: 'heldBefore' | 'nothingFollowed', { text: step }: LastActs): void =>
    void session.warnings.push(warningOf(key, { step }, session.operations.length));
  const family = vocabularyOf(session.kit).claimFamilyOf(claim);
  const past = (watcher: Watcher, from: Mark, untilMs: Millis): Look | undefined =>
    searchPast(session, watcher, from, untilMs, replay);
  // "is honoured", and "since … it was so", speak of every moment of a span; what counts over a span anyway
  // (requests) is asked once.
  const overall =
    moment.mode === 'now' &&
    (family.overall?.(claim) === true || (since !== undefined && family.cumulative !== true));
  switch (overall ? 'every' : moment.mode) {
    case 'now': {
      const from = since ?? session.origin ?? BEGINNING;
      const verdict = family.evaluate(
        claim,
        viewOf(session, driver.now, presentState(session), driver, from),
      );
      if (!verdict.holds) fail(look(driver.now, verdict, undefined, language));
      // What is counted over the past speaks of it without a moment, too.
      const acts =
        family.cumulative === true
          ? actsNow(session)
          : decidedBefore(session, watcherOf(session, family, claim, true));
      if (acts !== undefined) warn('nothingFollowed', acts);
      return;
    }
    case 'every':
    case 'never': {
      const broken = past(
        watcherOf(session, family, claim, moment.mode === 'never'),
        since ?? session.origin ?? start,
        driver.now,
      );
      if (broken !== undefined) fail(broken);
      const acts = actsNow(session);
      if (acts !== undefined) warn('nothingFollowed', acts);
      return;
    }
    case 'sometimes': {
      if (
        past(watcherOf(session, family, claim, true), since ?? session.origin ?? start, driver.now) ===
        undefined
      ) {
        fail(
          look(
            driver.now,
            family.evaluate(
              claim,
              viewOf(session, driver.now, presentState(session), driver, since ?? session.origin ?? start),
            ),
            undefined,
            language,
          ),
        );
      }
      return;
    }
    case 'within':
    case 'eventually': {
      const from = since ?? start;
      const untilMs = from.at + (moment.durationMs ?? EVENTUALLY_MS);
      const watcher = { ...watcherOf(session, family, claim, true), byMs: untilMs };
      if (since !== undefined && past(watcher, since, Math.min(untilMs, driver.now)) !== undefined) return;
      if (untilMs < driver.now)
        fail(
          look(
            untilMs,
            family.evaluate(claim, viewOf(session, untilMs, stateUntil(session, untilMs), undefined, from)),
            undefined,
            language,
          ),
        );
      const idle = since === undefined ? awaitConsequences(session, watcher, untilMs, replay) : undefined;
      if (idle !== undefined) warn('heldBefore', idle);
      const { stopped, look: last } = searchFuture(session, watcher, from, untilMs);
      if (!stopped) fail(last);
      return;
    }
    case 'for': {
      const from = since ?? start;
      const untilMs = from.at + moment.durationMs!;
      const watcher = watcherOf(session, family, claim, false);
      const before = since === undefined ? undefined : past(watcher, since, Math.min(untilMs, driver.now));
      if (before !== undefined) fail(before);
      if (since !== undefined && untilMs <= driver.now) return;
      const { stopped, look: broken } = searchFuture(session, watcher, from, untilMs);
      if (stopped) fail(broken);
      return;
    }
  }
}
