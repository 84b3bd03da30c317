/**
 * A claim taken along a stretch of time. Every change is looked at, none is sampled: over the past the
 * history is walked, into the future the cluster runs event by event. Between changes a verdict may still
 * turn (a Pod becomes available); a claim says when, and is asked again then.
 */
import type { Language } from '../messages/index.ts';
import { simulationOf } from './capabilities.ts';
import { languageOf } from './explain.ts';
import type { Driver } from '../drivers/driver.ts';
import type { HistoryEntry } from '../sim/kernel/history.ts';
import type { EntryId, Millis } from '../sim/kernel/types.ts';
import type { ClaimFamily, Verdict, View } from './claims/types.ts';
import { driverOf, lastEntry, presentState, stateAt } from './session.ts';
import { advanceState, applyEntry, copyState, entriesAfter, type ApiState } from './state.ts';
import type { Claim } from './claims/claim.ts';
import type { Mark } from './mark.ts';
import type { Replayer, Session } from './types.ts';

export const BEGINNING: Mark = { at: Number.NEGATIVE_INFINITY, entry: 0, operations: 0 };

/** A verdict, when it was reached, and after which change. */
export interface Look {
  readonly at: Millis;
  readonly verdict: Verdict;
  readonly found: string;
  readonly entry: EntryId | undefined;
}

/** Asks a claim; `stop` says whether this verdict ends the search. */
export interface Watcher {
  readonly claim: Claim;
  readonly family: ClaimFamily<Claim>;
  readonly concerns: (entry: HistoryEntry) => boolean;
  readonly stop: (verdict: Verdict) => boolean;
  /** By when the claim is to hold, where it has a limit. */
  readonly byMs?: Millis;
  /**
   * Whether only a running cluster can tell: physical truth leaves nothing behind to walk through, unless it
   * is counted as it happens.
   */
  readonly live: boolean;
}

export function watcherOf(
  session: Session,
  family: ClaimFamily<Claim>,
  claim: Claim,
  stopWhen: boolean,
): Watcher {
  const { kinds, world } = family.concerns(claim, driverOf(session).resources);
  const wanted = kinds === 'all' ? undefined : new Set<string>(kinds);
  return {
    claim,
    family,
    concerns: (entry) =>
      entry.type === 'api' ? (wanted?.has(entry.kind) ?? true) : entry.type === 'world' && world,
    stop: (verdict) => verdict.holds === stopWhen,
    live:
      family.asks(claim, session.kit.invariants) === 'physical' &&
      family.cumulative !== true &&
      family.recorded !== true,
  };
}

/** @param language of what is found */
export const look = (at: Millis, verdict: Verdict, entry: EntryId | undefined, language: Language): Look => ({
  at,
  verdict,
  found: verdict.found(language),
  entry: verdict.entry ?? verdict.cause?.() ?? entry,
});

export function viewOf(
  session: Session,
  at: Millis,
  state: ApiState,
  live: Driver | undefined,
  from: Mark,
  memo: View['memo'] = new Map(),
  byMs: Millis = Number.POSITIVE_INFINITY,
): View {
  const driver = driverOf(session);
  return {
    at,
    byMs,
    state,
    namespace: session.namespace,
    live,
    driver,
    output: session.output,
    invariants: session.kit.invariants,
    memo,
    span: { from: from.entry + 1, fromAt: from.at, to: state.upTo, history: driver.history },
  };
}

/** Walks what was recorded from a mark up to `until`, and returns the first look that stops, or undefined. */
export function searchPast(
  session: Session,
  watcher: Watcher,
  mark: Mark,
  until: Millis,
  replay: Replayer,
): Look | undefined {
  if (watcher.live) return searchReplay(session, watcher, mark, until, replay);
  const walk = walkFrom(session, watcher, stateAt(session, mark.entry), mark, () => undefined);
  if (walk.ask(mark.at, undefined)) return walk.found();
  for (const entry of entriesAfter(driverOf(session).history, mark.entry)) {
    if (entry.at > until) break;
    if (walk.feed(entry)) return walk.found();
  }
  return walk.reach(until) || walk.conclude(until) ? walk.found() : undefined;
}

/**
 * A claim taken along a stretch of history, change by change; each method says whether the search is over.
 */
interface Walk {
  ask(at: Millis, entry: EntryId | undefined): boolean;
  feed(entry: HistoryEntry): boolean;
  /** Time passes with no change. */
  reach(at: Millis): boolean;
  /** The end of what there is to walk. */
  conclude(at: Millis): boolean;
  /** When the verdict may next turn by itself. */
  recheckAt(): Millis;
  /** The last look, with the last change it concerned. */
  found(): Look;
}

function walkFrom(
  session: Session,
  watcher: Watcher,
  state: ApiState,
  from: Mark,
  live: () => Driver | undefined,
): Walk {
  const { claim, family } = watcher;
  const memo: View['memo'] = new Map();
  let recheckAt = Number.POSITIVE_INFINITY;
  let last: { at: Millis; verdict: Verdict; entry: EntryId | undefined };
  const walk: Walk = {
    ask(at, entry) {
      const verdict = family.evaluate(claim, viewOf(session, at, state, live(), from, memo, watcher.byMs));
      // A verdict that promises to turn now would be asked for ever.
      recheckAt =
        verdict.recheckAt !== undefined && verdict.recheckAt > at
          ? verdict.recheckAt
          : Number.POSITIVE_INFINITY;
      last = { at, verdict, entry };
      return watcher.stop(verdict);
    },
    feed(entry) {
      if (walk.reach(entry.at)) return true;
      applyEntry(state, entry);
      return watcher.concerns(entry) && walk.ask(entry.at, entry.id);
    },
    reach(at) {
      while (recheckAt <= at) if (walk.ask(recheckAt, undefined)) return true;
      return false;
    },
    conclude(at) {
      if (family.conclude === undefined) return false;
      last = {
        at,
        verdict: family.conclude(claim, viewOf(session, at, state, live(), from, memo, watcher.byMs)),
        entry: undefined,
      };
      return watcher.stop(last.verdict);
    },
    recheckAt: () => recheckAt,
    found: () => look(last.at, last.verdict, last.entry, languageOf(session)),
  };
  return walk;
}

/**
 * Physical truth leaves no objects behind to walk through: the scenario is played again with the same seed,
 * which is the same run, and the claim is asked at every event.
 */
function searchReplay(
  session: Session,
  watcher: Watcher,
  mark: Mark,
  until: Millis,
  replayer: Replayer,
): Look | undefined {
  const { claim, family } = watcher;
  // What is no simulation cannot be played again.
  simulationOf(driverOf(session));
  let found: Look | undefined;
  let seen: EntryId = 0;
  /** What the verdict will be at a later time if nothing happens before. */
  let later: { at: Millis; look: Look; stops: boolean } | undefined;
  /**
   * Its own: a claim that the replay plays meanwhile walks through the session's, and would miss what was
   * taken in behind its back.
   */
  let state: ApiState | undefined;
  const ask = (replay: Session, driver: Driver, at: Millis): Verdict => {
    state ??= copyState(replay.present);
    advanceState(state, driver.history);
    return family.evaluate(claim, viewOf(replay, at, state, driver, mark));
  };
  const takeLater = (now: Millis): void => {
    if (later === undefined || later.at > now) return;
    if (later.stops && later.at <= until) found ??= later.look;
    later = undefined;
  };
  replayer(session, mark.operations, (replay) => {
    const driver = driverOf(replay);
    takeLater(driver.now - 1);
    const last = lastEntry(driver);
    if (found !== undefined || driver.now > until || last === seen) return;
    const first = seen === 0;
    seen = last;
    const verdict = ask(replay, driver, driver.now);
    if (watcher.stop(verdict)) {
      found = look(driver.now, verdict, first ? undefined : last, languageOf(session));
      return;
    }
    later = undefined;
    if (verdict.recheckAt === undefined) return;
    const then = ask(replay, driver, verdict.recheckAt);
    later = {
      at: verdict.recheckAt,
      look: look(verdict.recheckAt, then, undefined, languageOf(session)),
      stops: watcher.stop(then),
    };
  });
  takeLater(until);
  return found;
}

/**
 * Lets the cluster run until a look stops or the time is over; returns the stopping look, or the last one.
 */
export function searchFuture(
  session: Session,
  watcher: Watcher,
  from: Mark,
  untilMs: Millis,
): { stopped: boolean; look: Look } {
  const driver = driverOf(session);
  const state = presentState(session);
  const walk = walkFrom(session, watcher, state, from, () => driver);
  let changed: EntryId | undefined;
  /** Takes in what has happened since; what is physically so can only be asked when all of it is in. */
  const catchUp = (): boolean => {
    if (!watcher.live) {
      for (const entry of entriesAfter(driver.history, state.upTo)) if (walk.feed(entry)) return true;
      return walk.reach(driver.now);
    }
    const seen = state.upTo;
    advanceState(state, driver.history);
    if (state.upTo === seen) return walk.reach(driver.now);
    changed = state.upTo;
    return walk.ask(driver.now, changed);
  };
  let stopped = walk.ask(driver.now, undefined);
  while (!stopped && driver.now < untilMs) {
    const next = Math.min(untilMs, walk.recheckAt());
    // An event may bring the next turn nearer than where this stretch ends.
    driver.runUntil(() => (stopped = catchUp()) || walk.recheckAt() < next, next - driver.now);
  }
  // The last look was at the last change: the state has been so until now.
  return { stopped, look: stopped ? walk.found() : { ...walk.found(), at: driver.now } };
}
