/**
 * What comes of what is done. A claim about what follows an action says nothing while nothing has followed
 * yet, and a claim that held before the action proves nothing at its very instant.
 */
import type { Driver } from '../drivers/driver.ts';
import type { ApiChange, HistoryEntry } from '../sim/kernel/history.ts';
import type { EntryId, Millis } from '../sim/kernel/types.ts';
import type { Verdict } from './claims/types.ts';
import { driverOf, forkSession, lastEntry, markNow, presentState, stateAt } from './session.ts';
import type { LastActs } from './mark.ts';
import type { Replayer, Session } from './types.ts';
import { applyEntry, entriesAfter } from './state.ts';
import { BEGINNING, searchFuture, searchPast, viewOf, watcherOf, type Watcher } from './walk.ts';

/**
 * Remembers what an operation did that has just been played. One that took time has met its consequences; one
 * that wrote nothing has none.
 * @param entry of the operation in the history @param from when it began
 */
export function rememberAct(session: Session, entry: EntryId, from: Millis, text: string): void {
  const driver = driverOf(session);
  if (driver.now !== from) session.acts = undefined;
  else if (lastEntry(driver) > entry) {
    const earlier = session.acts?.done.at === from ? session.acts : undefined;
    session.acts = {
      entries: [...(earlier?.entries ?? []), entry],
      operations: earlier?.operations ?? session.operations.length,
      done: markNow(session),
      text,
    };
  }
}

/** What was done at this very instant, if anything was. */
export const actsNow = (session: Session): LastActs | undefined =>
  session.acts?.done.at === driverOf(session).now ? session.acts : undefined;

const keyOf = (kind: string, namespace: string, name: string): string => `${kind} ${namespace}/${name}`;

/** Changes that came of the acts, and that a claim is to be asked about again. */
class Consequences {
  /** Whether one touched what the claim looked at; anything, where it saw nothing. */
  touched = false;
  private readonly acts: LastActs;
  private readonly watcher: Watcher;
  private readonly about: ReadonlySet<string>;

  /** @param verdict at the moment of the acts */
  constructor(acts: LastActs, watcher: Watcher, { objects }: Verdict) {
    this.acts = acts;
    this.watcher = watcher;
    this.about = new Set(objects.map((o) => keyOf(o.kind, o.metadata.namespace ?? '', o.metadata.name)));
  }

  /** Whether an entry is one of them. */
  has(entry: HistoryEntry, driver: Driver): boolean {
    if (entry.type === 'operation' || !this.watcher.concerns(entry)) return false;
    if (!driver.causes(entry.id).some((cause) => this.acts.entries.includes(cause.id))) return false;
    this.touched ||= entry.type === 'world' || this.touches(entry);
    return true;
  }

  /** Takes in those that have happened. */
  follow(driver: Driver): void {
    for (const entry of entriesAfter(driver.history, this.acts.done.entry)) this.has(entry, driver);
  }

  /** Events are new ones, mostly. */
  private touches({ kind, namespace, name, before }: ApiChange): boolean {
    return (
      this.about.size === 0 ||
      this.about.has(keyOf(kind, namespace, name)) ||
      (kind === 'Event' && before === undefined)
    );
  }
}

/** Lets time pass until one of the consequences breaks the claim; says whether one did. */
function runUntilBroken(session: Session, watcher: Watcher, of: Consequences, limitMs: Millis): boolean {
  const driver = driverOf(session);
  const state = presentState(session);
  const breaks = (): boolean => {
    const view = viewOf(session, driver.now, state, driver, BEGINNING);
    return !watcher.family.evaluate(watcher.claim, view).holds;
  };
  return driver.runUntil(() => {
    for (const entry of entriesAfter(driver.history, state.upTo)) {
      applyEntry(state, entry);
      if (of.has(entry, driver) && breaks()) return true;
    }
    return false;
  }, limitMs);
}

/** Where only a running cluster can tell: whether the claim held before the acts, in a run up to them. */
function heldBefore(session: Session, { claim, family }: Watcher, acts: LastActs, replay: Replayer): boolean {
  let before: Session | undefined;
  const operations = session.operations.slice(0, acts.operations);
  replay({ ...session, operations }, 0, (again) => void (before = again));
  if (before?.driver === undefined) return false;
  const { driver } = before;
  return family.evaluate(claim, viewOf(before, driver.now, presentState(before), driver, BEGINNING)).holds;
}

/**
 * A claim about now, at the very instant of an action, that held before it: nothing has come of the action
 * yet that could have changed that.
 * @returns the action
 */
export function decidedBefore(session: Session, { claim, family }: Watcher): LastActs | undefined {
  const acts = actsNow(session);
  if (acts === undefined || family.asks(claim, session.kit.invariants) === 'physical') return undefined;
  const { kinds } = family.concerns(claim, driverOf(session).resources);
  if (kinds === 'all' || kinds.length === 0) return undefined;
  const before = stateAt(session, acts.entries[0]! - 1);
  const { holds } = family.evaluate(claim, viewOf(session, acts.done.at, before, undefined, BEGINNING));
  return holds ? acts : undefined;
}

/**
 * `awaitConsequences` of what is physically so. Copies look ahead: a request that is sent draws whom it
 * meets.
 */
function awaitPhysically(
  session: Session,
  watcher: Watcher,
  acts: LastActs,
  untilMs: Millis,
  replay: Replayer,
): LastActs | undefined {
  const { claim, family } = watcher;
  const ahead = forkSession(session);
  const broken = watcherOf(session, family, claim, false);
  const { stopped, look } = searchFuture(ahead, broken, BEGINNING, untilMs);
  const driver = driverOf(ahead);
  // It does not hold to begin with.
  if (stopped && driver.now === driverOf(session).now) return undefined;
  const consequences = new Consequences(acts, watcher, look.verdict);
  consequences.follow(driver);
  if (stopped && consequences.touched) searchFuture(session, broken, BEGINNING, untilMs);
  return consequences.touched || !heldBefore(session, watcher, acts, replay) ? undefined : acts;
}

/**
 * A claim that is to come to hold after an action, and held before it: where the action's consequences break
 * it in time, lets time pass until they have. Whether they will, a copy of the cluster that goes ahead tells.
 * What the action itself has made true (a node is cordoned) need not wait.
 * @returns the action where nothing came of it that the claim looks at
 */
export function awaitConsequences(
  session: Session,
  watcher: Watcher,
  untilMs: Millis,
  replay: Replayer,
): LastActs | undefined {
  const { acts } = session;
  const { claim, family } = watcher;
  const driver = driverOf(session);
  if (acts === undefined || driver.simulation === undefined) return undefined;
  if (watcher.live) return awaitPhysically(session, watcher, acts, untilMs, replay);
  if (family.asks(claim, session.kit.invariants) === 'physical') return undefined;
  if (family.concerns(claim, driver.resources).kinds === 'all') return undefined;
  const verdictAt = (state: ReturnType<typeof stateAt>, at: Millis): Verdict =>
    family.evaluate(claim, viewOf(session, at, state, undefined, BEGINNING));
  const verdict = verdictAt(presentState(session), driver.now);
  const { at } = acts.done;
  if (!verdict.holds || !verdictAt(stateAt(session, acts.entries[0]! - 1), at).holds) return undefined;
  const broken = watcherOf(session, family, claim, false);
  if (searchPast(session, broken, acts.done, driver.now, replay) !== undefined) return undefined;
  const consequences = new Consequences(acts, watcher, verdict);
  consequences.follow(driver);
  const limitMs = untilMs - driver.now;
  if (runUntilBroken(forkSession(session), watcher, consequences, limitMs))
    runUntilBroken(session, watcher, consequences, limitMs);
  return consequences.touched ? undefined : acts;
}
