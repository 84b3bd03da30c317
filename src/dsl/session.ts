/** Sessions: made, copied, and asked for what a step needs of them. */
import type { Driver } from '../drivers/driver.ts';
import type { ClusterApi } from '../sim/cluster.ts';
import type { EntryId } from '../sim/kernel/types.ts';
import { simulationOf } from './capabilities.ts';
import { inputErrorOf, wrong } from './errors.ts';
import type { Mark } from './mark.ts';
import { advanceState, copyState, emptyState, type ApiState } from './state.ts';
import type { Files, Session, SessionListener, SessionOptions } from './types.ts';

/** The text of a file that a step names. @throws InputError */
export function readInput(files: Files, path: string): string {
  if (files.list?.(path) !== undefined) throw wrong('isFolder', { path });
  try {
    return files.readFile(path);
  } catch (error) {
    throw inputErrorOf(error) ?? wrong('noFile', { path });
  }
}

export function createSession(options: SessionOptions, listener: SessionListener = {}): Session {
  return {
    options,
    kit: options.kit,
    driver: undefined,
    namespace: options.namespace ?? 'default',
    contexts: undefined,
    brought: new Map(),
    operations: [],
    texts: [],
    marks: new Map(),
    said: new Map(),
    origin: undefined,
    output: undefined,
    skipsUnsupported: options.skipUnsupported === true,
    acts: undefined,
    held: [],
    warnings: [],
    given: [],
    strictSimulation: false,
    sources: new Map(),
    settings: {},
    latencies: new Map(),
    images: new Map(),
    webhooks: new Map(),
    conversions: new Map(),
    present: emptyState(),
    listener,
  };
}

/**
 * A session of its own that has played the same; both go on independently.
 * @param listener told of what the fork plays
 */
export function forkSession(
  session: Session,
  options: SessionOptions = session.options,
  listener: SessionListener = {},
): Session {
  const fork: Session = {
    ...session,
    options,
    driver: session.driver === undefined ? undefined : simulationOf(session.driver).fork(options.limits),
    operations: [...session.operations],
    texts: [...session.texts],
    marks: new Map(session.marks),
    said: new Map(session.said),
    held: [...session.held],
    warnings: [...session.warnings],
    given: [...session.given],
    sources: new Map(session.sources),
    settings: { ...session.settings },
    latencies: new Map(session.latencies),
    images: new Map(session.images),
    webhooks: new Map(session.webhooks),
    conversions: new Map(session.conversions),
    present: copyState(session.present),
    listener,
  };
  if (fork.driver !== undefined && listener.happens !== undefined)
    fork.driver = simulationOf(fork.driver).observed(() => listener.happens!(fork));
  return fork;
}

/** @throws InputError when no step has made one */
export function driverOf(session: Session): Driver {
  if (session.driver === undefined) throw wrong('noCluster', {});
  return session.driver;
}

/** The simulated cluster of a session. @throws InputError when there is none, or another one */
export const clusterOf = (session: Session): ClusterApi => simulationOf(driverOf(session)).cluster;

export const lastEntry = (driver: Pick<Driver, 'history'>): EntryId =>
  driver.history[driver.history.length - 1]?.id ?? 0;

export function markNow(session: Session): Mark {
  const driver = driverOf(session);
  return { at: driver.now, entry: lastEntry(driver), operations: session.operations.length };
}

/** The API's state now. The value is the session's own: copy it to keep it. */
export function presentState(session: Session): ApiState {
  advanceState(session.present, driverOf(session).history);
  return session.present;
}

/** The API's state as an entry left it. */
export function stateAt(session: Session, entry: EntryId): ApiState {
  const state = entry >= session.present.upTo ? copyState(session.present) : emptyState();
  advanceState(state, driverOf(session).history, entry);
  return state;
}
