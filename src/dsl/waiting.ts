/** Steps that let time pass until something is so: every pod ready, the cluster settled, a node back. */
import type { Language } from '../messages/index.ts';
import type { Millis } from '../sim/kernel/types.ts';
import { printDurationJa } from './phrases/japaneseduration.ts';
import { isPodTerminal } from '../sim/api/conditions.ts';
import { ApiError } from '../sim/api/errors.ts';
import type { ResourceDefinition } from '../sim/api/resources/definition.ts';
import type { ResourceRegistry } from '../sim/api/resources/registry.ts';
import type { KubeObject, Pod } from '../sim/api/types.ts';
import type { Driver } from '../drivers/driver.ts';
import { isReady, isTerminating } from './claims/podstate.ts';
import { printDuration } from '../chaos/duration.ts';
import { languageOf, waitError } from './explain.ts';
import { say } from '../messages/index.ts';
import { whysOf } from './notready.ts';
import { driverOf, lastEntry, presentState } from './session.ts';
import { entriesAfter, objectsOf } from './state.ts';
import type { Session } from './types.ts';

const READY_LIMIT_MS = 600_000;
/** A controller's client makes 20 requests a second: for each Pod itself, and the event that tells of it. */
const MADE_AFTER_MS = 100;
/** Until controllers have written down what they see, once Pods are ready: counts, endpoints, budgets. */
const AFTERMATH_MS = 1000;
const SETTLE_LIMIT_MS = 3_600_000;

type Judge = (object: KubeObject) => boolean;

/** A Pod that is to become Ready and is not: one that has failed, too, unless a controller sees to it. */
function isLatePod(object: KubeObject): boolean {
  const pod = object as Pod;
  if (isTerminating(pod)) return false;
  if (pod.status.phase === 'Failed')
    return !pod.metadata.ownerReferences?.some((owner) => owner.controller === true);
  return !isPodTerminal(pod) && !isReady(pod);
}

/** Workloads that a controller sees to. */
const controlled = (resources: ResourceRegistry): ResourceDefinition[] =>
  [...resources.workloads()].filter(({ simulated }) => simulated === 'played');

/** By group resource: whether a workload's controller has yet to make Pods, or a Pod is not Ready. */
function judgesOf(resources: ResourceRegistry): Map<string, Judge> {
  const judges = new Map<string, Judge>();
  for (const { resource, workload } of controlled(resources))
    judges.set(resource, (object) => !workload!.seen(object) || !workload!.filled(object));
  return judges.set('pods', isLatePod);
}

/** All that is late, by kind and in the order of creation. */
export function laggards(session: Session): KubeObject[] {
  const state = presentState(session);
  return [...judgesOf(driverOf(session).resources)].flatMap(([resource, judge]) =>
    [...objectsOf(state, resource)].filter(judge),
  );
}

/** Says whether anything is late at present; each call looks only at what has changed since the last. */
export function watchLaggards(session: Session): () => boolean {
  const judges = judgesOf(driverOf(session).resources);
  const nameOf = (kind: string, namespace: string, name: string): string => `${kind}/${namespace}/${name}`;
  const late = new Set(
    laggards(session).map(({ kind, metadata }) => nameOf(kind, metadata.namespace ?? '', metadata.name)),
  );
  let { upTo } = presentState(session);
  return () => {
    for (const entry of entriesAfter(driverOf(session).history, upTo)) {
      upTo = entry.id;
      const judge = entry.type === 'api' ? judges.get(entry.resource) : undefined;
      if (entry.type !== 'api' || judge === undefined) continue;
      const name = nameOf(entry.kind, entry.namespace, entry.name);
      if (entry.after !== undefined && judge(entry.after as KubeObject)) late.add(name);
      else late.delete(name);
    }
    // It follows along, where only the end of the history is kept.
    presentState(session);
    return late.size > 0;
  };
}

/** Runs until `done`, which is asked only when the history has grown. */
function runUntilChange(driver: Driver, done: () => boolean, limitMs: number): boolean {
  let seen = -1;
  return driver.runUntil(() => {
    const last = lastEntry(driver);
    if (last === seen) return false;
    seen = last;
    return done();
  }, limitMs);
}

/** Ten minutes; where more Pods are wanted than controllers make in them, as long as they take to. */
function readyLimitMs(session: Session): number {
  const state = presentState(session);
  let wanted = 0;
  for (const { resource, workload } of controlled(driverOf(session).resources))
    for (const object of objectsOf(state, resource))
      if (object.metadata.ownerReferences?.some((o) => o.controller === true) !== true)
        wanted += workload!.wanted(object);
  return Math.max(READY_LIMIT_MS, wanted * MADE_AFTER_MS);
}

const printed = (ms: Millis, language: Language): string =>
  language === 'ja' ? printDurationJa(ms) : printDuration(ms);

/** @throws ClaimError when something is not ready in time, saying of each why */
export function waitUntilReady(session: Session, text: string): void {
  const driver = driverOf(session);
  const limitMs = readyLimitMs(session);
  const untilMs = driver.now + limitMs;
  const lagging = watchLaggards(session);
  while (runUntilChange(driver, () => !lagging(), untilMs - driver.now)) {
    // What has just happened may not have been noticed yet (a deleted Pod, by its ReplicaSet): ready is what
    // stays so once it is.
    driver.settle(AFTERMATH_MS);
    if (!lagging()) return;
  }
  const late = laggards(session);
  const language = languageOf(session);
  const found = say('notReadyAfter', { limit: printed(limitMs, language), count: late.length }, language);
  throw waitError(session, text, found, late, whysOf(late, presentState(session), language));
}

/** @throws ClaimError when something still moves after an hour */
export function waitUntilSettled(session: Session, text: string): void {
  const driver = driverOf(session);
  if (driver.settle(SETTLE_LIMIT_MS)) return;
  const moving = driver.moving().slice(0, 10).join(', ');
  const language = languageOf(session);
  const limit = printed(SETTLE_LIMIT_MS, language);
  throw waitError(session, text, say('stillMoving', { limit, moving }, language), []);
}

const bootIdOf = (driver: Driver, node: string): string | undefined =>
  driver.client().find('Node', '', node)?.status.nodeInfo?.bootID;

/**
 * Reboots a node and waits until it is Ready again, as reboot daemons do: a node that has just gone down
 * still counts as Ready, so what is waited for is Ready under another boot ID.
 * @throws ClaimError after ten minutes
 */
export function rebootAndWait(session: Session, node: string, reboot: () => void): void {
  const driver = driverOf(session);
  const before = bootIdOf(driver, node);
  reboot();
  const back = (): boolean => {
    const found = driver.client().find('Node', '', node);
    return (
      found === undefined ||
      (found.status.nodeInfo?.bootID !== before &&
        found.status.conditions?.some((c) => c.type === 'Ready' && c.status === 'True') === true)
    );
  };
  if (runUntilChange(driver, () => reachable(back), READY_LIMIT_MS)) return;
  const claim = `node "${node}" is Ready again after its reboot`;
  const language = languageOf(session);
  const found = say('notBackAfter', { limit: printed(READY_LIMIT_MS, language) }, language);
  throw waitError(session, claim, found, [...objectsOf(presentState(session), 'Node')]);
}

/** What cannot be asked while the API server is down does not hold yet. */
function reachable(look: () => boolean): boolean {
  try {
    return look();
  } catch (error) {
    if (error instanceof ApiError) return false;
    throw error;
  }
}
