/** A scenario being played: the driver, and what its steps have set. */
import type { Strike } from '../chaos/schedule.ts';
import type { FaultCall, Struck } from '../chaos/types.ts';
import type { KubectlIO } from '../kubectl/session.ts';
import type { Driver, ImageBehaviour } from '../drivers/driver.ts';
import type { Language } from '../messages/index.ts';
import type { ClusterApi, ClusterOptions } from '../sim/cluster.ts';
import type { ClusterConfig } from '../sim/config.ts';
import type { EntryId, Millis } from '../sim/kernel/types.ts';
import type { RunLimits } from '../sim/limits.ts';
import type { LatencyName } from '../sim/latency.ts';
import type { Output } from './claims/types.ts';
import { simulationOf } from './capabilities.ts';
import type { LastActs } from './consequences.ts';
import { InputError, inputErrorOf } from './errors.ts';
import type { Kit } from './kit.ts';
import type { PropertyReport, SessionListener } from './listener.ts';
import type { Operation } from './operations/types.ts';
import { advanceState, copyState, emptyState, type ApiState } from './state.ts';
import type { HeldClaim } from './vacuity.ts';
import type { Warning } from './warnings.ts';

/** A moment of the run: after this entry, at this time. */
export interface Mark {
  readonly at: Millis;
  readonly entry: EntryId;
  /** How many operations had been played. */
  readonly operations: number;
}

/** Files that steps name, by paths relative to the feature file. */
export type Files = Pick<KubectlIO, 'readFile' | 'list'>;

/** The text of a file that a step names. @throws InputError */
export function readInput(files: Files, path: string): string {
  if (files.list?.(path) !== undefined) throw new InputError(`"${path}" is a folder, not a file`);
  try {
    return files.readFile(path);
  } catch (error) {
    throw (
      inputErrorOf(error) ??
      new InputError(`there is no file "${path}" that can be read; paths begin at the feature's own folder`)
    );
  }
}

export interface SessionOptions {
  readonly seed: string | number;
  readonly files: Files;
  /** Of what is said when a claim fails; English unless given. */
  readonly language?: Language;
  /** Whether documents of kinds that are not simulated are left out of manifests, and told, not refused. */
  readonly skipUnsupported?: boolean;
  /** Makes the cluster, and the driver that plays it: `simulate`. */
  readonly createDriver: (options: ClusterOptions) => Driver;
  /** What is played with. */
  readonly kit: Kit;
  /** How far its cluster may run. */
  readonly limits?: Partial<RunLimits>;
  /**
   * Holds a claim against everything that a property scenario's quantifiers allow; absent where quantifiers
   * are not played.
   */
  readonly property?: PropertyRunner;
  /** Told of a schedule's fault that met no target, which then is left out; absent: it fails the scenario. */
  readonly missed?: (strike: Strike, why: string) => void;
  /** Stands around every strike of a fault, to see what it meets. */
  readonly striking?: (session: Session, call: FaultCall, strike: () => Struck) => Struck;
}

/**
 * @param operations all of the scenario, quantifiers among them, the claim last. @throws ClaimError with the
 * smallest counterexample
 */
export type PropertyRunner = (operations: readonly Operation[], options: SessionOptions) => PropertyReport;

export interface Session {
  readonly options: SessionOptions;
  readonly kit: Kit;
  driver: Driver | undefined;
  /** Of names that carry none. */
  namespace: string;
  readonly operations: Operation[];
  /** The operations as they were said. */
  readonly texts: string[];
  readonly marks: Map<string, Mark>;
  /** The steps as they were said, by their entries in the history. */
  readonly said: Map<EntryId, string>;
  /** When the first `When` was played: from there the past counts. */
  origin: Mark | undefined;
  output: Output | undefined;
  /** Whether documents of kinds that are not simulated are left out. */
  skipsUnsupported: boolean;
  /** Settings and images given before there was a driver. */
  readonly settings: Partial<ClusterConfig>;
  readonly latencies: Map<LatencyName, readonly [number, number]>;
  readonly images: Map<string, ImageBehaviour>;
  /** What was done last, at one instant; absent once time was let pass for what comes of it. */
  acts: LastActs | undefined;
  /** Claims that held, with what they are about. */
  readonly held: HeldClaim[];
  readonly warnings: Warning[];
  /** The API's state at the newest entry asked for; a cache of the history. */
  readonly present: ApiState;
  /** Whoever is told what this session plays. */
  readonly listener: SessionListener;
}

export function createSession(options: SessionOptions, listener: SessionListener = {}): Session {
  return {
    options,
    kit: options.kit,
    driver: undefined,
    namespace: 'default',
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
    settings: {},
    latencies: new Map(),
    images: new Map(),
    present: emptyState(),
    listener,
  };
}

/** A session of its own that has played the same; both go on independently. */
export function forkSession(session: Session, options: SessionOptions = session.options): Session {
  return {
    ...session,
    options,
    driver: session.driver === undefined ? undefined : simulationOf(session.driver).fork(options.limits),
    operations: [...session.operations],
    texts: [...session.texts],
    marks: new Map(session.marks),
    said: new Map(session.said),
    held: [...session.held],
    warnings: [...session.warnings],
    settings: { ...session.settings },
    latencies: new Map(session.latencies),
    images: new Map(session.images),
    present: copyState(session.present),
    listener: {},
  };
}

/** @throws InputError when no step has made one */
export function driverOf(session: Session): Driver {
  if (session.driver === undefined)
    throw new InputError('there is no cluster yet: say "Given a cluster with 3 nodes" first');
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
