/**
 * What a controller of kube-controller-manager is: a level-triggered, idempotent function from (its cache, a
 * key) to writes. All controllers share one process, one watch cache and one registry (`controllers.ts`); the
 * manager (`manager.ts`) runs their queues.
 */
import type { Context, WatchCache, WatchEvent } from '../api/client.ts';
import type { EntryId, Millis } from '../kernel/types.ts';
import type { ResourceDefinition } from '../api/resources/definition.ts';
import type { ResourceRegistry } from '../api/resources/registry.ts';
import type { ResourceName } from '../api/types.ts';

/** A controller's rate-limited work queue (client-go `util/workqueue`): a key waits in it at most once. */
export interface WorkQueue {
  /** Adds now. The cause kept is that of the first add since the key last left the queue. */
  add(key: string, cause?: EntryId): void;
  /**
   * Adds after a delay; an earlier pending `addAfter` of the same key wins. `timeout`: only time makes it
   * matter (default true).
   */
  addAfter(key: string, delayMs: Millis, options?: { timeout?: boolean }): void;
  /** Adds after the key's exponential back-off (5 ms × 2ⁿ, at most 1000 s). */
  addRateLimited(key: string): void;
  forget(key: string): void;
  /** How often the key was rate-limited since `forget`. */
  retries(key: string): number;
}

/** The limit of a controller's own client. */
export interface Pace {
  /** How many requests it may still make now. What is beyond is owed, and waited for after the sync. */
  callsLeft(): number;
}

/** What a controller sees of a change: nothing that it could write with. */
export interface ObserverContext
  extends Pick<Context, 'now' | 'cache' | 'config' | 'resources' | 'event' | 'heartbeat' | 'randomInt'> {
  readonly queue: WorkQueue;
}

/** What a controller works with: its view of the API, the time, and its queue of keys. */
export interface ControllerContext extends Context {
  readonly queue: WorkQueue;
  readonly pace: Pace;
}

/**
 * Ends a sync that has more requests to make than its client may: its key is taken up again when it may.
 * Stands for upstream's worker, which waits in the midst of its sync.
 */
export class Throttled extends Error {
  override readonly name = 'Throttled';
}

/**
 * What runs in the controller manager: which objects it watches, which keys a change concerns, and what it
 * does about a key. Level-triggered and idempotent: expect stale reads, conflicts and restarts.
 */
export interface Controller<S = unknown> {
  /** As it appears as source of events: `replicaset-controller`. */
  readonly name: string;
  /**
   * Resources, or which of all those that the cluster serves. A custom one is watched from when it is served.
   */
  readonly watches: readonly ResourceName[] | ((definition: ResourceDefinition) => boolean);
  /**
   * The service account in kube-system as which it makes its requests, bound by that account's rights;
   * absent: it may do everything.
   */
  readonly account?: string;
  /** How many times the usual limits its client has; once unless said. */
  readonly callRate?: { readonly qps: number; readonly burst: number };
  /** State that is lost when the controller manager restarts (expectations, …); plain data. */
  init(): S;
  /**
   * Whether a change may be of concern to it, as far as the change and the cache tell; absent: each may.
   * What is not, it is not shown: most controllers watch Pods, and few have to do with any one of them.
   */
  concerns?(event: WatchEvent, cache: WatchCache): boolean;
  /**
   * A change arrived (after a restart: ADDED for everything); enqueue the keys it concerns. No writes here.
   */
  observe(event: WatchEvent, state: S, ctx: ObserverContext): void;
  /**
   * Brings one key nearer its wanted state. An ApiError thrown requeues the key with back-off; a return
   * forgets its back-off. Throttled requeues it for when a request may be made again.
   */
  sync(key: string, state: S, ctx: ControllerContext): void;
  /** A setting of the cluster has another value. */
  reconfigured?(state: S, ctx: ControllerContext): void;
  /** Called once at each start of the manager, before the first observe (periodic keys are added here). */
  start?(state: S, ctx: ControllerContext): void;
}

/** Whether it is a custom resource's name, `databases.example.com`, that is not served yet. */
const mayCome = (name: ResourceName, resources: ResourceRegistry): boolean =>
  /^[a-z0-9-]+\.[a-z0-9-]+\./.test(name) && !resources.has(name);

/** The group resources that a controller watches. */
export function watchedBy(
  { watches }: Pick<Controller<never>, 'watches'>,
  resources: ResourceRegistry,
): string[] {
  return typeof watches === 'function'
    ? [...resources.watched()].filter(watches).map((d) => d.resource)
    : watches.flatMap((name) => (mayCome(name, resources) ? [] : resources.get(name).resource));
}
