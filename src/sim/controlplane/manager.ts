/**
 * kube-controller-manager: one process that runs its controllers from one watch cache, each
 * with its own rate-limited work queue (client-go util/workqueue: a key waits at most once; failures back off
 * from 5 ms to 1000 s).
 */
import type { ApiComponent, Context, Heartbeat, WatchCache, WatchEvent } from '../api/client.ts';
import { accountUser, unbounded, type Identity } from '../api/authentication/user.ts';
import { ApiError } from '../api/errors.ts';
import { Cells } from '../kernel/fork.ts';
import type { EntryId, Millis, Task } from '../kernel/types.ts';
import type { ResourceRegistry } from '../api/resources/registry.ts';
import {
  type CallRate,
  callsLeft,
  fullBucket,
  takeCalls,
  type TokenBucket,
  untilNextCallMs,
} from '../api/ratelimit.ts';
import {
  type Controller,
  type ControllerContext,
  type ObserverContext,
  type Pace,
  Throttled,
  watchedBy,
  type WorkQueue,
} from './controller.ts';

/** How many keys a controller works on at the same time (--concurrent-…-syncs, 5 for most). */
const WORKERS = 5;
const BASE_DELAY_MS = 5;
const MAX_DELAY_MS = 1_000_000;

interface QueueState {
  /** Key to the cause of its first add, in order of arrival. */
  ready: Map<string, EntryId>;
  /** Made when first needed, as are the failures: of most controllers nothing is ever late, nor fails. */
  delayed: Map<string, { at: Millis; timer: number }> | undefined;
  failures: Map<string, number> | undefined;
  /** Whether a wave of work is scheduled. */
  waking: boolean;
  /** Workers are in API calls, or wait for leave to make one, until then. */
  busyUntil: Millis;
  /** Of the controller's client: each has one of its own (clientBuilder.ClientOrDie), its events with it. */
  bucket: TokenBucket;
}

/** A controller's queue, and the state of its own. */
interface ControllerState {
  readonly queue: QueueState;
  readonly own: unknown;
}

/** Of each controller, by where it stands among them. A fork copies that of those that act in it. */
type ManagerState = Cells<number, ControllerState>;

/** A controller, and where it stands among them. */
interface Place {
  readonly controller: Controller<any>;
  readonly index: number;
}

type ManagerTask = Task & { readonly controller: string; readonly key: string };

/** Which controllers watch a resource. */
type Routes = ReadonlyMap<string, readonly Place[]>;

function routesTo(places: readonly Place[], resources: ResourceRegistry): Routes {
  const byResource = new Map<string, Place[]>();
  for (const place of places) {
    for (const resource of watchedBy(place.controller, resources)) {
      const others = byResource.get(resource);
      if (others === undefined) byResource.set(resource, [place]);
      else others.push(place);
    }
  }
  return byResource;
}

const identities = new WeakMap<Controller, Identity>();

/** As whom a controller makes its requests. */
function identityOf(controller: Controller): Identity {
  let identity = identities.get(controller);
  if (identity === undefined) {
    const { account, name } = controller;
    identity = account === undefined ? unbounded(name) : { user: accountUser('kube-system', account) };
    identities.set(controller, identity);
  }
  return identity;
}

/** What a controller acts with, because of an entry: by default, of the one that the manager acts upon. */
function contextFor(
  controller: Controller,
  { queue: state }: ControllerState,
  ctx: Context,
  cause?: EntryId,
): ControllerContext {
  const own = ctx.as(controller.name, cause, identityOf(controller)) as Context & {
    queue: WorkQueue;
    pace: Pace;
  };
  const queue = new ManagedQueue(controller, state, own);
  own.queue = queue;
  own.pace = queue;
  return own;
}

function rateOf({ callRate }: Controller, { config }: Context): CallRate {
  return {
    qps: config.controllerManagerKubeAPIQPS * (callRate?.qps ?? 1),
    burst: config.controllerManagerKubeAPIBurst * (callRate?.burst ?? 1),
  };
}

const callsOf = (ctx: Context): number => ctx.calls + ctx.eventCalls;

/** One controller's queue, as the manager keeps it for it. */
class ManagedQueue implements WorkQueue, Pace {
  private readonly controller: Controller;
  private readonly queue: QueueState;
  private readonly ctx: Context;
  private readonly callsBefore: number;

  constructor(controller: Controller, queue: QueueState, ctx: Context) {
    this.controller = controller;
    this.queue = queue;
    this.ctx = ctx;
    this.callsBefore = callsOf(ctx);
  }

  callsLeft(): number {
    const { controller, queue, ctx, callsBefore } = this;
    return callsLeft(queue.bucket, rateOf(controller, ctx), ctx.now) - (callsOf(ctx) - callsBefore);
  }

  add(key: string, cause = this.ctx.by.cause): void {
    const { queue } = this;
    if (queue.ready.has(key)) return;
    queue.ready.set(key, cause);
    wake(this.controller.name, queue, this.ctx);
  }

  addAfter(key: string, delayMs: Millis, options?: { timeout?: boolean }): void {
    if (delayMs <= 0) this.add(key);
    else this.later(key, delayMs, options?.timeout ?? true);
  }

  addRateLimited(key: string): void {
    const failures = this.retries(key);
    (this.queue.failures ??= new Map()).set(key, failures + 1);
    this.later(
      key,
      failures > 17 ? MAX_DELAY_MS : Math.min(MAX_DELAY_MS, BASE_DELAY_MS * 2 ** failures),
      false,
    );
  }

  forget(key: string): void {
    this.queue.failures?.delete(key);
  }

  retries(key: string): number {
    return this.queue.failures?.get(key) ?? 0;
  }

  private later(key: string, delayMs: Millis, timeout: boolean): void {
    const { queue, ctx } = this;
    const at = ctx.now + Math.ceil(delayMs);
    const delayed = (queue.delayed ??= new Map());
    const pending = delayed.get(key);
    if (pending !== undefined) {
      if (pending.at <= at) return;
      ctx.cancel(pending.timer);
    }
    const task: ManagerTask = { type: 'delayed', controller: this.controller.name, key };
    delayed.set(key, { at, timer: ctx.schedule(at - ctx.now, task, { timeout }) });
  }
}

/** What controllers observe a change with, one after the other: whose turn it is, is said before. */
class Observation implements ObserverContext {
  private controller!: Controller;
  private state!: QueueState;
  private readonly ctx: Context;

  constructor(ctx: Context) {
    this.ctx = ctx;
  }

  /** From here on it is this controller's. */
  by(controller: Controller, state: QueueState): this {
    this.controller = controller;
    this.state = state;
    return this;
  }

  get queue(): WorkQueue {
    return new ManagedQueue(this.controller, this.state, this.ctx);
  }

  get now(): Millis {
    return this.ctx.now;
  }

  get cache(): WatchCache {
    return this.ctx.cache;
  }

  get config(): Context['config'] {
    return this.ctx.config;
  }

  get resources(): ResourceRegistry {
    return this.ctx.resources;
  }

  heartbeat(node: string): Heartbeat | undefined {
    return this.ctx.heartbeat(node);
  }

  randomInt(below: number): number {
    return this.ctx.randomInt(below);
  }

  event(...event: Parameters<Context['event']>): void {
    const { controller, ctx } = this;
    ctx.as(controller.name, ctx.by.cause, identityOf(controller)).event(...event);
  }
}

function wake(controller: string, queue: QueueState, ctx: Context): void {
  if (queue.waking) return;
  queue.waking = true;
  const task: ManagerTask = { type: 'work', controller, key: '' };
  ctx.schedule(Math.max(ctx.latency('controllerWork'), queue.busyUntil - ctx.now), task);
}

/** One wave: as many keys as there are workers; the next wave waits for the slowest of them. */
function work(controller: Controller, state: ControllerState, ctx: Context): void {
  const { queue, own } = state;
  const rate = rateOf(controller, ctx);
  queue.waking = false;
  const owedMs = untilNextCallMs(queue.bucket, rate, ctx.now);
  if (owedMs > 0) {
    queue.busyUntil = ctx.now + owedMs;
    return wake(controller.name, queue, ctx);
  }
  const held: [string, EntryId][] = [];
  let longestMs = 0;
  let taken = 0;
  for (const [key, cause] of queue.ready) {
    if (taken === WORKERS) break;
    taken += 1;
    queue.ready.delete(key);
    const due = contextFor(controller, state, ctx, cause);
    const { writes } = ctx;
    const calls = callsOf(ctx);
    let throttled = false;
    const before = due.queue.retries(key);
    try {
      controller.sync(key, own, due);
      // A sync that rate-limited its own key keeps its back-off.
      if (due.queue.retries(key) === before) due.queue.forget(key);
    } catch (error) {
      if (error instanceof Throttled) throttled = true;
      else if (!(error instanceof ApiError)) throw error;
      else if (ctx.config.planted !== 'workqueue-drops-retries') due.queue.addRateLimited(key);
    }
    takeCalls(queue.bucket, rate, ctx.now, callsOf(ctx) - calls);
    if (throttled) held.push([key, cause]);
    const made = ctx.writes - writes;
    // Writes of one sync go out in parallel batches that double (slow start), so their time grows with the
    // logarithm of their number.
    if (made > 0) longestMs = Math.max(longestMs, ctx.latency('apiCall') * batches(made));
  }
  // Requests are let through in the order of their coming: what waits goes on first.
  if (held.length > 0) queue.ready = new Map([...held, ...queue.ready]);
  queue.busyUntil = ctx.now + Math.max(longestMs, untilNextCallMs(queue.bucket, rate, ctx.now));
  if (queue.ready.size > 0) wake(controller.name, queue, ctx);
}

/** How many doubling batches (1, 2, 4, …) hold n writes. */
function batches(n: number): number {
  let count = 0;
  for (let left = n, size = 1; left > 0; left -= size, size *= 2) count += 1;
  return count;
}

/** The component `kube-controller-manager`, running these controllers. */
export const controllerManager = (controllers: readonly Controller<any>[]): ControllerProcess =>
  controllerProcess('kube-controller-manager', controllers);

/** A component that runs controllers. */
export type ControllerProcess = ApiComponent<ManagerState, ManagerTask>;

/** With as many queues as there are controllers. @param component its name, as processes have it */
export function controllerProcess(
  component: string,
  controllers: readonly Controller<any>[],
): ControllerProcess {
  const places = controllers.map((controller, index): Place => ({ controller, index }));
  const byName = new Map(places.map((place) => [place.controller.name, place]));
  const known = new WeakMap<object, Routes>();
  const routesOf = (resources: ResourceRegistry): Routes => {
    let routes = known.get(resources.identity);
    if (routes === undefined) known.set(resources.identity, (routes = routesTo(places, resources)));
    return routes;
  };
  return {
    component,

    watches: (_args, resources) => [{ kinds: [...routesOf(resources).keys()] }],

    start(ctx) {
      const state: ManagerState = new Cells();
      for (const { controller, index } of places) {
        state.set(index, {
          queue: {
            ready: new Map(),
            delayed: undefined,
            failures: undefined,
            waking: false,
            busyUntil: ctx.now,
            bucket: fullBucket(ctx.now),
          },
          own: controller.init(),
        });
      }
      for (const { controller, index } of places) {
        const its = state.get(index)!;
        controller.start?.(its.own, contextFor(controller, its, ctx));
      }
      return state;
    },

    observe(event: WatchEvent, state, ctx) {
      const observation = new Observation(ctx);
      for (const { controller, index } of routesOf(ctx.resources).get(event.resource) ?? []) {
        if (controller.concerns !== undefined && !controller.concerns(event, ctx.cache)) continue;
        const its = state.get(index)!;
        controller.observe(event, its.own, observation.by(controller, its.queue));
      }
    },

    reconfigured(setting, state, ctx) {
      if (!Object.hasOwn(ctx.config, setting)) return;
      for (const { controller, index } of places) {
        if (controller.reconfigured === undefined) continue;
        const its = state.get(index)!;
        controller.reconfigured(its.own, contextFor(controller, its, ctx));
      }
    },

    handle(task, state, ctx) {
      const { controller, index } = byName.get(task.controller)!;
      const its = state.get(index)!;
      if (task.type === 'work') work(controller, its, ctx);
      else {
        its.queue.delayed?.delete(task.key);
        contextFor(controller, its, ctx).queue.add(task.key);
      }
    },
  };
}
