/** Steps that let time pass until something is so: every pod ready, the cluster settled, a node back. */
import { isPodTerminal } from '../sim/api/conditions.ts';
import { ApiError } from '../sim/api/errors.ts';
import type { KubeObject, ReplicaSet } from '../sim/api/types.ts';
import type { Driver } from '../drivers/driver.ts';
import { isReady, isTerminating } from './claims/podstate.ts';
import { printClock, printDuration } from '../chaos/duration.ts';
import { ClaimError } from './errors.ts';
import { tablesOf } from './explain.ts';
import { driverOf, lastEntry, presentState, type Session } from './session.ts';
import { objectsOf } from './state.ts';

const READY_LIMIT_MS = 600_000;
/** Until controllers have written down what they see, once Pods are ready: counts, endpoints, budgets. */
const AFTERMATH_MS = 1000;
const SETTLE_LIMIT_MS = 3_600_000;

const failedQuota = (rs: ReplicaSet): boolean =>
  rs.status.conditions?.some((c) => c.type === 'ReplicaFailure' && c.status === 'True') === true;

/** Workloads whose controllers have yet to make or replace Pods, and Pods that are not Ready. */
function laggards(session: Session): KubeObject[] {
  const state = presentState(session);
  const late: KubeObject[] = [];
  for (const rs of objectsOf(state, 'ReplicaSet')) {
    if (
      (rs.status.observedGeneration ?? 0) < (rs.metadata.generation ?? 0) ||
      (rs.status.replicas !== rs.spec.replicas && !failedQuota(rs))
    )
      late.push(rs);
  }
  for (const d of objectsOf(state, 'Deployment')) {
    if ((d.status.observedGeneration ?? 0) < (d.metadata.generation ?? 0)) late.push(d);
    else if (
      d.spec.paused !== true &&
      (d.status.updatedReplicas ?? 0) < (d.spec.replicas ?? 1) &&
      !(d.status.conditions?.some((c) => c.type === 'ReplicaFailure' && c.status === 'True') === true)
    )
      late.push(d);
  }
  for (const s of objectsOf(state, 'StatefulSet')) {
    if (
      (s.status.observedGeneration ?? 0) < (s.metadata.generation ?? 0) ||
      (s.status.replicas ?? 0) < (s.spec.replicas ?? 1)
    )
      late.push(s);
  }
  for (const d of objectsOf(state, 'DaemonSet')) {
    if (
      (d.status.observedGeneration ?? 0) < (d.metadata.generation ?? 0) ||
      d.status.currentNumberScheduled < d.status.desiredNumberScheduled
    )
      late.push(d);
  }
  for (const pod of objectsOf(state, 'Pod'))
    if (!isTerminating(pod) && !isPodTerminal(pod) && !isReady(pod)) late.push(pod);
  return late;
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

export function waitUntilReady(session: Session): void {
  const driver = driverOf(session);
  const untilMs = driver.now + READY_LIMIT_MS;
  while (runUntilChange(driver, () => laggards(session).length === 0, untilMs - driver.now)) {
    // What has just happened may not have been noticed yet (a deleted Pod, by its ReplicaSet): ready is what
    // stays so once it is.
    driver.settle(AFTERMATH_MS);
    if (laggards(session).length === 0) return;
  }
  const late = laggards(session);
  const found = `after ${printDuration(READY_LIMIT_MS)}, ${late.length} not ready`;
  const tables = tablesOf(late, driver.now, driver.resources);
  throw new ClaimError(
    `every pod is ready\nIt did not come to hold by [${printClock(driver.now)}]. Found: ${found}\n\n${tables}`,
    { at: driver.now, claim: 'every pod is ready', found, tables, causes: [], entry: undefined },
  );
}

export function waitUntilSettled(session: Session): void {
  const driver = driverOf(session);
  if (driver.settle(SETTLE_LIMIT_MS)) return;
  const moving = driver.moving();
  const found = `after ${printDuration(SETTLE_LIMIT_MS)}, still moving: ${moving.slice(0, 10).join(', ')}`;
  throw new ClaimError(
    `the cluster has settled\nIt did not come to hold by [${printClock(driver.now)}]. Found: ${found}`,
    { at: driver.now, claim: 'the cluster has settled', found, tables: '', causes: [], entry: undefined },
  );
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
  const found = `it was not within ${printDuration(READY_LIMIT_MS)}`;
  const tables = tablesOf([...objectsOf(presentState(session), 'Node')], driver.now, driver.resources);
  throw new ClaimError(
    `${claim}\nIt did not come to hold by [${printClock(driver.now)}]. Found: ${found}\n\n${tables}`,
    { at: driver.now, claim, found, tables, causes: [], entry: undefined },
  );
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
