/** The end of a scenario: what is to be said once nothing more is played. */
import { printClock } from '../chaos/duration.ts';
import type { Driver } from '../drivers/driver.ts';
import { isPodTerminal } from '../sim/api/conditions.ts';
import type { Pod } from '../sim/api/types.ts';
import type { EntryId, Millis } from '../sim/kernel/types.ts';
import { actsNow } from './consequences.ts';
import { sentBy } from './claims/sentrequests.ts';
import { isReady, isTerminating } from './claims/podstate.ts';
import { driverOf, forkSession, presentState } from './session.ts';
import { objectsOf } from './state.ts';
import { emptyClaims } from './vacuity.ts';
import { warningOf, type Warning } from './warnings.ts';
import type { Session } from './types.ts';

/** Everything that is to be said of a session that was played to its end, in the order of its operations. */
export function warningsAtEnd(session: Session): Warning[] {
  if (session.driver === undefined) return [...session.warnings];
  const place = ({ operation }: Warning): number => operation ?? Number.POSITIVE_INFINITY;
  return [
    ...session.warnings,
    ...emptyClaims(session, session.held),
    ...idleClients(session),
    ...changesUnseen(session.driver),
    ...stillGoingOn(session),
  ].sort((a, b) => place(a) - place(b));
}

/** Times of which a real cluster has told less than claims over the past take it to. */
function changesUnseen({ unseen = [], beganAt }: Driver): Warning[] {
  if (unseen.length === 0) return [];
  const time = (ms: Millis): string => `[${printClock(ms - beganAt)}]`;
  return [
    warningOf('changesUnseen', {
      paths: [...new Set(unseen.map(({ path }) => path))],
      from: time(Math.min(...unseen.map(({ fromMs }) => fromMs))),
      to: time(Math.max(...unseen.map(({ toMs }) => toMs))),
    }),
  ];
}

/** Clients whose first request was not due before the end. */
function idleClients({ driver, operations }: Session): Warning[] {
  const clients = driver!.network?.clients() ?? [];
  const steps = [...operations.entries()].filter(([, { op }]) => op === 'client');
  return steps.flatMap(([operation], i) => {
    const client = clients[i];
    const idle = client !== undefined && sentBy(client, driver!.now) === 0;
    return idle ? [warningOf('clientSentNothing', {}, operation)] : [];
  });
}

const keyOf = ({ metadata }: Pod): string => `${metadata.namespace}/${metadata.name}`;

/** What comes of a Pod within this time comes of it by itself: programs start and end, images are pulled. */
const AFTERMATH_MS: Millis = 60_000;

const stageOf = (pod: Pod): string => `${pod.status.phase} ${isTerminating(pod)} ${isReady(pod)}`;

const podsOf = (session: Session): Map<string, Pod> =>
  new Map([...objectsOf(presentState(session), 'Pod')].map((pod) => [keyOf(pod), pod]));

/** The Pods as they will be. */
function podsAhead(session: Session): ReadonlyMap<string, Pod> {
  const ahead = forkSession(session);
  driverOf(ahead).pass(AFTERMATH_MS);
  return podsOf(ahead);
}

/** A Pod that is on its way because of an action. */
interface Moved {
  readonly pod: Pod;
  /** The action, in the history. */
  readonly root: EntryId;
}

/** Those that an action since the first has moved last, and that are not where they are to come. */
function movedByActs(session: Session): Moved[] {
  const { origin } = session;
  if (origin === undefined) return [];
  const unready = new Map<string, Pod>();
  for (const pod of objectsOf(presentState(session), 'Pod'))
    if (isTerminating(pod) || (!isPodTerminal(pod) && !isReady(pod))) unready.set(keyOf(pod), pod);
  const moved: Moved[] = [];
  const driver = driverOf(session);
  for (let i = driver.history.length - 1; i >= 0 && unready.size > 0; i -= 1) {
    const entry = driver.history[i]!;
    if (entry.id <= origin.entry) break;
    if (entry.type !== 'api' || entry.resource !== 'pods') continue;
    const pod = unready.get(`${entry.namespace}/${entry.name}`);
    if (pod === undefined) continue;
    unready.delete(keyOf(pod));
    const root = driver.causes(entry.id).findLast((cause) => session.said.has(cause.id));
    if (root !== undefined && root.id > origin.entry) moved.push({ pod, root: root.id });
  }
  return moved;
}

/** Those of them that do not stay as they are; where nobody can look ahead, all of them. */
function onTheirWay(session: Session, moved: readonly Moved[]): readonly Moved[] {
  if (moved.length === 0 || session.driver?.simulation === undefined) return moved;
  const later = podsAhead(session);
  return moved.filter(({ pod }) => {
    const then = later.get(keyOf(pod));
    return then?.metadata.uid !== pod.metadata.uid || stageOf(then) !== stageOf(pod);
  });
}

/**
 * Pods on their way somewhere because of what was done, where a scenario ends. One that waits for what nobody
 * does, or that nobody takes away, is where it was to come.
 */
function stillGoingOn(session: Session): Warning[] {
  const counts = { terminating: 0, pending: 0, notReady: 0 };
  /** How many Pods move because of an action. */
  const because = new Map<EntryId, number>();
  for (const { pod, root } of onTheirWay(session, movedByActs(session))) {
    because.set(root, (because.get(root) ?? 0) + 1);
    if (isTerminating(pod)) counts.terminating += 1;
    else if (pod.status.phase === 'Pending') counts.pending += 1;
    else counts.notReady += 1;
  }
  const [first] = [...because].sort(([, a], [, b]) => b - a);
  if (first === undefined) return unreacted(session);
  return [warningOf('stillGoingOn', { ...counts, step: session.said.get(first[0])! })];
}

const countWithout = (pods: ReadonlyMap<string, Pod>, others: ReadonlyMap<string, Pod>): number =>
  [...pods].filter(([key, { metadata }]) => others.get(key)?.metadata.uid !== metadata.uid).length;

/** The same of a scenario that ends at the very instant of an action, before any controller has seen it. */
function unreacted(session: Session): Warning[] {
  const acts = session.origin && actsNow(session);
  if (acts === undefined || session.driver?.simulation === undefined) return [];
  const now = podsOf(session);
  const later = podsAhead(session);
  const pending = countWithout(later, now);
  const terminating = countWithout(now, later);
  return pending + terminating === 0
    ? []
    : [warningOf('stillGoingOn', { terminating, pending, notReady: 0, step: acts.text })];
}
