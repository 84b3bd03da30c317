/**
 * Delivers the store's changes to every process that watches, each through its own cache and a seeded delay
 * behind (api/watch.ts).
 */
import { addToCache, cacheApply, CacheReader } from './api/cache.ts';
import type { Context, WatchCache } from './api/client.ts';
import type { ResourceRegistry } from './api/resources/registry.ts';
import type { ObjectTable } from './api/store.ts';
import type { Pod } from './api/types.ts';
import { differences, resolveWatch, type WatchItem, type Watcher } from './api/watch.ts';
import type { ClusterState } from './clusterstate.ts';
import type { AnyComponent, Components } from './components.ts';
import type { Kernel } from './kernel/kernel.ts';
import type { EntryId, ProcessRecord } from './kernel/types.ts';
import type { LatencyDraws } from './latencydraws.ts';
import type { World } from './node/world.ts';

/** Tasks of a process that the hub handles in its stead. */
export const DELIVER = 'watch:deliver';
export const LIST = 'watch:list';
const DELIVERY = { type: DELIVER };

/** A process that watches, with what belongs to it, which a fork makes outdated. */
export interface Subscriber {
  readonly name: string;
  watcher: Watcher | undefined;
  record: ProcessRecord | undefined;
}

/** Whom a change is delivered to: a process, what it is an instance of, and as whom the hub knows it. */
interface Watching {
  readonly record: ProcessRecord;
  readonly component: AnyComponent;
  readonly subscriber: Subscriber;
}

export class WatchHub {
  private readonly kernel: Kernel;
  private readonly state: ClusterState;
  private readonly resources: ResourceRegistry;
  private readonly latencies: LatencyDraws;
  private readonly components: Components;
  /** Who watches a resource everywhere, and who watches one node; derived from the watchers. */
  private readonly everywhere = new Map<string, Subscriber[]>();
  private readonly perNode = new Map<string, Subscriber[]>();
  private readonly subscribers = new Map<string, Subscriber>();

  constructor(
    kernel: Kernel,
    state: ClusterState,
    resources: ResourceRegistry,
    latencies: LatencyDraws,
    components: Components,
  ) {
    this.kernel = kernel;
    this.state = state;
    this.resources = resources;
    this.latencies = latencies;
    this.components = components;
    for (const [name, watcher] of state.watchers.peek()) this.route(name, watcher);
  }

  watcher(process: string): Watcher {
    return this.watcherOf(this.subscriber(process));
  }

  /** What is held of watchers and processes is another's after a fork, or of a life that is over. */
  forgetLives(): void {
    for (const one of this.subscribers.values()) {
      one.watcher = undefined;
      one.record = undefined;
    }
  }

  /** The same for all lives of a process. */
  subscriber(name: string): Subscriber {
    let found = this.subscribers.get(name);
    if (found === undefined) {
      found = { name, watcher: undefined, record: undefined };
      this.subscribers.set(name, found);
    }
    return found;
  }

  private watcherOf(one: Subscriber): Watcher {
    return (one.watcher ??= this.state.watchers.get(one.name)!);
  }

  /** A process begins to watch, or begins a new life with a new watcher. */
  watch(name: string, watcher: Watcher): void {
    const known = this.state.watchers.has(name);
    this.state.watchers.set(name, watcher);
    this.subscriber(name).watcher = watcher;
    if (!known) this.route(name, watcher);
  }

  /** Whether a process's requests get through to an API server that answers. */
  reaches(process: Subscriber): boolean {
    return this.watcherOf(process).linked && this.isServed(process.name);
  }

  /** Whether an API server answers those who reach it; of several, whether the process has found one. */
  isServed(process: string): boolean {
    const { up, plane } = this.state.server;
    return up && (plane === undefined || plane.connections.has(process));
  }

  cacheOf(process: string): WatchCache {
    return new CacheReader(this.watcher(process).cache, this.resources);
  }

  private route(name: string, watcher: Pick<Watcher, 'specs'>): void {
    const one = this.subscriber(name);
    for (const spec of watcher.specs) {
      if (spec.node !== undefined) add(this.perNode, spec.node, one);
      else for (const resource of spec.resources) add(this.everywhere, resource, one);
    }
  }

  /** Sets a watch going, or breaks it, as its link, its process and the server allow. */
  relink(name: string, cause: EntryId): void {
    const record = this.processOf(name);
    const watcher = this.watcher(name);
    const can = watcher.linked && this.isServed(name) && record.up;
    if (!can) {
      watcher.streaming = false;
      watcher.inbox = [];
      return;
    }
    if (watcher.streaming || watcher.specs.length === 0) return;
    const restarted = watcher.cache.tables.peek().values().next().value?.all.size === 0;
    const delayMs = this.latencies.draw(restarted ? 'watch' : 'watchReconnect', name);
    this.kernel.schedule(record, delayMs, { type: 'watch:list' }, cause, false);
  }

  relist(process: Watching, ctx: Context<World>): void {
    const { record, component, subscriber } = process;
    const watcher = this.watcherOf(subscriber);
    if (watcher.streaming || !watcher.linked || !this.isServed(record.name)) return;
    watcher.streaming = true;
    watcher.inbox = [];
    this.take(
      process,
      ctx,
      watcher,
      differences(watcher, this.state.server.store, ctx.by.cause, ctx.config.planted),
    );
    component.reconnected?.(record.state, ctx);
  }

  deliver(process: Watching, ctx: Context<World>): void {
    const watcher = this.watcherOf(process.subscriber);
    const items = watcher.inbox;
    watcher.due = false;
    watcher.inbox = [];
    this.take(process, ctx, watcher, items);
  }

  private take(
    { record, component }: Watching,
    ctx: Context<World>,
    watcher: Watcher,
    items: readonly WatchItem[],
  ): void {
    for (const { resource, key, object, deleted, entry } of items) {
      let old = cacheApply(watcher.cache, resource, key, object, deleted);
      if (component.observe === undefined || (deleted && old === undefined)) continue;
      const due = ctx.because(entry);
      if (old !== undefined && old.metadata.uid !== object.metadata.uid) {
        // The deletion in between was missed: the cache's owner sees it now.
        component.observe(
          { type: 'DELETED', resource, kind: old.kind, object: old, old, entry },
          record.state,
          due,
        );
        old = undefined;
      }
      component.observe(
        {
          type: deleted ? 'DELETED' : old === undefined ? 'ADDED' : 'MODIFIED',
          resource,
          kind: object.kind,
          object,
          old,
          entry,
        },
        record.state,
        due,
      );
    }
  }

  private send(one: Subscriber, item: WatchItem): void {
    const watcher = this.watcherOf(one);
    if (!watcher.streaming) return;
    watcher.inbox.push(item);
    if (watcher.due) return;
    watcher.due = true;
    one.record ??= this.processOf(one.name);
    this.kernel.schedule(one.record, this.latencies.draw('watch', one.name), DELIVERY, item.entry, false);
  }

  /** Sends a change to all whom it concerns. */
  publish(item: WatchItem): void {
    const { resource, object } = item;
    for (const one of this.everywhere.get(resource) ?? []) this.send(one, item);
    const node =
      resource === 'pods'
        ? (object as Pod).spec.nodeName
        : resource === 'nodes'
          ? object.metadata.name
          : undefined;
    if (node) for (const one of this.perNode.get(node) ?? []) this.send(one, item);
  }

  forget(name: string): void {
    this.unroute(name);
    this.state.watchers.delete(name);
    this.subscribers.delete(name);
  }

  /** What processes know of a resource. */
  cachesOf(resource: string): ObjectTable[] {
    return [...this.state.watchers.values()].flatMap(({ cache }) => cache.tables.get(resource) ?? []);
  }

  /** A resource has come, or gone: components that watch every resource watch it from here on. */
  rewatch(): void {
    for (const [name, watcher] of this.state.watchers) {
      const record = this.processOf(name);
      const { watches } = this.components.named(record.component);
      this.unroute(name);
      watcher.specs = watches(record.args, this.resources).map((spec) => resolveWatch(spec, this.resources));
      for (const { resources } of watcher.specs)
        for (const resource of resources) addToCache(watcher.cache, resource);
      this.route(name, watcher);
    }
  }

  private unroute(name: string): void {
    for (const spec of this.watcher(name).specs) {
      if (spec.node !== undefined) drop(this.perNode, spec.node, name);
      else for (const resource of spec.resources) drop(this.everywhere, resource, name);
    }
  }

  private processOf(name: string): ProcessRecord {
    return this.kernel.processes.get(name)!;
  }
}

function add(index: Map<string, Subscriber[]>, key: string, one: Subscriber): void {
  const others = index.get(key);
  if (others === undefined) index.set(key, [one]);
  else others.push(one);
}

function drop(index: Map<string, Subscriber[]>, key: string, name: string): void {
  const others = index.get(key)?.filter((one) => one.name !== name);
  if (others === undefined || others.length === 0) index.delete(key);
  else index.set(key, others);
}
