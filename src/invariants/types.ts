/**
 * What an invariant is: something that must hold of a cluster always, or in the end, with a name, a meaning
 * and a reason.
 */
import type { ResourceRegistry } from '../sim/api/resources/registry.ts';
import type { KubeObject, ObjectOf, ResourceName } from '../sim/api/types.ts';
import type { ApiChange, HistoryEntry } from '../sim/kernel/history.ts';
import type { EntryId, Message, Millis } from '../sim/kernel/types.ts';
import type { PhysicalTruth } from '../sim/physicalworld.ts';

/**
 * What an invariant may look at. Reads are of the store, not of a lagging cache, and work while the API
 * server is down.
 */
export interface InvariantView {
  readonly now: Millis;
  /** What the cluster serves. */
  readonly resources: ResourceRegistry;
  /** Changes of the API up to now, the newest first. */
  changes(): Iterable<ApiChange>;
  list<R extends ResourceName>(resource: R): Iterable<ObjectOf<R>>;
  find<R extends ResourceName>(resource: R, namespace: string, name: string): ObjectOf<R> | undefined;
}

/** What one that asks for physical truth may look at beside. */
export interface PhysicalInvariantView extends InvariantView {
  /** All that was recorded, oldest first. */
  readonly history: readonly HistoryEntry[];
  /** What is so now, whatever the API says: to be asked once all is over (`finally`). */
  readonly physical: PhysicalTruth;
}

/** How an invariant was broken. */
export interface Violation {
  /** What was found, in a sentence: the library's own as its catalogue words it. */
  readonly message: Message | string;
  readonly objects: readonly KubeObject[];
  /** The history's entry that broke it, for the chain of causes. */
  readonly entry?: EntryId;
}

interface Described {
  /** `min-available-honoured` */
  readonly name: string;
  /** What it means. */
  readonly about: string;
  /** Why it must hold. */
  readonly why: string;
  /** How it fails, and what is not held against it. */
  readonly fails: string;
}

interface Asking<S, V extends InvariantView> {
  /** Plain data it carries through a run; it is forked with the run. */
  init(view: V): S;
  /**
   * Safety: asked after every change while faults strike, and after. One that asks the API is shown its
   * changes and what operator and faults did to the world, and not what came of it there.
   */
  observe?(entry: HistoryEntry, state: S, view: V): Violation | undefined;
  /** Liveness: asked once all faults are healed and the time to recover has passed. */
  finally?(state: S, view: V): Violation | undefined;
}

/** One that looks at what the API says, and is shown nothing else. */
export interface ApiInvariant<S = unknown> extends Described, Asking<S, InvariantView> {
  readonly asks: 'api';
}

/** One that looks at what is physically so, too. */
export interface PhysicalInvariant<S = unknown> extends Described, Asking<S, PhysicalInvariantView> {
  readonly asks: 'physical';
}

/** Something that must hold of every cluster: at every moment, or once faults have ended. */
export type Invariant<S = unknown> = ApiInvariant<S> | PhysicalInvariant<S>;
