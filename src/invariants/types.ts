/**
 * What an invariant is: something that must hold of a cluster always, or in the end, with a name, a meaning
 * and a reason.
 */
import type { KubeObject, ObjectOf, ResourceName } from '../sim/api/types.ts';
import type { ClusterApi } from '../sim/clusterapi.ts';
import type { HistoryEntry } from '../sim/kernel/history.ts';
import type { EntryId, Millis } from '../sim/kernel/types.ts';

/**
 * What an invariant may look at. Reads are of the store, not of a lagging cache, and work while the API
 * server is down.
 */
export interface InvariantView {
  readonly cluster: ClusterApi;
  readonly now: Millis;
  list<R extends ResourceName>(resource: R): Iterable<ObjectOf<R>>;
  find<R extends ResourceName>(resource: R, namespace: string, name: string): ObjectOf<R> | undefined;
}

/** How an invariant was broken. */
export interface Violation {
  /** What was found, in a sentence. */
  readonly message: string;
  readonly objects: readonly KubeObject[];
  /** The history's entry that broke it, for the chain of causes. */
  readonly entry?: EntryId;
}

/** Something that must hold of every cluster: at every moment, or once faults have ended. */
export interface Invariant<S = unknown> {
  /** `min-available-honoured` */
  readonly name: string;
  /** Whether it looks at what the API says, or at what is physically so. */
  readonly asks: 'api' | 'physical';
  /** What it means. */
  readonly about: string;
  /** Why it must hold. */
  readonly why: string;
  /** How it fails, and what is not held against it. */
  readonly fails: string;
  /** Plain data it carries through a run; it is forked with the run. */
  init(view: InvariantView): S;
  /** Safety: asked after every entry of the history while faults strike, and after. */
  observe?(entry: HistoryEntry, state: S, view: InvariantView): Violation | undefined;
  /** Liveness: asked once all faults are healed and the time to recover has passed. */
  finally?(state: S, view: InvariantView): Violation | undefined;
}
