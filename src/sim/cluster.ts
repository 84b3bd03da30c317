/**
 * The one entry point to a simulated cluster: it boots the control plane and the nodes, runs their events, delivers watches,
 * and is what scenarios, kubectl and the search hold in their hands.
 */
import { cacheApply, cacheReader, emptyCache } from './api/cache.ts';
import type { ApiClient, WatchCache } from './api/client.ts';
import { lastRenewal } from './api/leases.ts';
import { ApiServer, emptyServer, type ServerState } from './api/server.ts';
import type { Kind, KubeObject, Pod } from './api/types.ts';
import { differences, type WatchItem, type Watcher } from './api/watch.ts';
import { bootstrapObjects } from './bootstrap.ts';
import { componentNamed } from './components.ts';
import { DEFAULT_CONFIG, type ClusterConfig } from './config.ts';
import { Client, ProcessContext, type Actor, type ContextHost } from './context.ts';
import { decodeState, encodeState, forkState } from './kernel/fork.ts';
import type { HistoryEntry, HistoryMode } from './kernel/history.ts';
import { Kernel } from './kernel/kernel.ts';
import { RandomStreams } from './kernel/random.ts';
import type { EntryId, Millis, ProcessControl, ProcessRecord, ScheduledEvent, Task } from './kernel/types.ts';
import { LATENCIES, type LatencyName, type LatencyTable } from './latency.ts';
import { addMachine } from './node/machine.ts';
import { emptyWorld, type World } from './node/world.ts';
import './registered.ts';

export interface NodeOptions {
  name: string;
  /** Quantities; default 2 CPU, 4Gi, 110 pods. */
  cpu?: string;
  memory?: string;
  pods?: string;
  ephemeralStorage?: string;
  /** topology.kubernetes.io/zone; default none given by the caller, `zone-a`. */
  zone?: string;
  labels?: Record<string, string>;
  taints?: { key: string; value?: string; effect: 'NoSchedule' | 'PreferNoSchedule' | 'NoExecute' }[];
}

export interface ClusterOptions {
  seed: string | number;
  nodes: number | NodeOptions[];
  config?: Partial<ClusterConfig>;
  latencies?: Partial<Record<LatencyName, readonly [number, number]>>;
  history?: HistoryMode;
}

/** A running simulated cluster: construction boots it to the point where all nodes are Ready (virtual time then is 0). */
export interface ClusterApi {
  readonly now: Millis;
  readonly config: ClusterConfig;
  /** A client with the rights of an administrator, from outside the cluster. `cause` of its writes: the current operation. */
  client(user?: string): ApiClient;
  readonly world: World;
  readonly control: ProcessControl;
  /** Entries kept, oldest first; `entry(id)` finds one. */
  readonly history: readonly HistoryEntry[];
  entry(id: EntryId): HistoryEntry | undefined;
  /** The chain of causes of an entry, from itself back to its root. */
  causes(id: EntryId): HistoryEntry[];
  /** Starts an operation: what follows is caused by it. */
  operation(what: string, detail?: Readonly<Record<string, unknown>>): EntryId;
  /** Lets virtual time pass. */
  pass(ms: Millis): void;
  /** Runs event by event until `done()` holds (checked before each event and at the end) or `limitMs` has passed; says whether it held. */
  runUntil(done: () => boolean, limitMs: Millis): boolean;
  /** Runs until nothing but time-outs is pending; false after `limitMs`. `pending()` then says what keeps moving. */
  settle(limitMs: Millis): boolean;
  pending(): { process: string; task: Task; at: Millis }[];
  addNode(node: NodeOptions): void;
  /** An independent copy. With a seed, its random streams start anew from that seed. */
  fork(options?: { seed?: string | number }): ClusterApi;
  /** Plain JSON; `Cluster.restore` takes it back. */
  snapshot(): string;
  /** Hash of the whole history so far, hex. */
  hash(): string;
  setLatency(name: LatencyName, bounds: readonly [number, number]): void;
  setConfig<K extends keyof ClusterConfig>(key: K, value: ClusterConfig[K]): void;
}

/** How long before time 0 a cluster is switched on, and how long its nodes may take. */
const BOOT_MS = 60_000;

/** Everything about a cluster that is state; the rest is behaviour and what can be derived. */
interface ClusterState {
  readonly server: ServerState;
  readonly watchers: Map<string, Watcher>;
  readonly world: World;
  readonly config: ClusterConfig;
  readonly latencies: LatencyTable;
}

export class Cluster implements ClusterApi {
  readonly kernel: Kernel;
  readonly server: ApiServer;
  readonly control: ProcessControl;
  private readonly state: ClusterState;
  private readonly host: ContextHost;
  private readonly operator: Actor = { actor: 'user', cause: 0 };
  private readonly contexts = new Map<string, ProcessContext>();
  /** Who watches a kind everywhere, and who watches one node; derived from the watchers. */
  private readonly everywhere = new Map<Kind, string[]>();
  private readonly perNode = new Map<string, string[]>();

  /** @throws Error when the nodes do not become Ready */
  static create(options: ClusterOptions): Cluster {
    const config: ClusterConfig = { ...DEFAULT_CONFIG, ...options.config };
    const latencies = { ...LATENCIES, ...options.latencies } as LatencyTable;
    const kernel = new Kernel(String(options.seed), options.history ?? { keep: 'all' });
    kernel.now = -BOOT_MS;
    const cluster = new Cluster(kernel, { server: emptyServer(), watchers: new Map(), world: emptyWorld(), config, latencies });
    cluster.boot(typeof options.nodes === 'number'
      ? Array.from({ length: options.nodes }, (_, i) => ({ name: `node-${i + 1}` })) : options.nodes);
    return cluster;
  }

  /** Takes back what `snapshot` gave. */
  static restore(snapshot: string): Cluster {
    const saved = decodeState(snapshot) as { kernel: Record<string, unknown>; state: ClusterState };
    return new Cluster(Kernel.restore(saved.kernel), saved.state);
  }

  private constructor(kernel: Kernel, state: ClusterState) {
    this.kernel = kernel;
    this.state = state;
    const cluster = this;
    this.server = new ApiServer(state.server, {
      config: state.config,
      now: () => kernel.now,
      random: kernel.randoms.stream('kube-apiserver'),
      changed: (change) => this.changed(change.kind, change.before, change.after, change.last, change.revision),
    });
    this.host = {
      kernel, server: this.server, world: state.world, config: state.config, actor: 'user', cause: 0,
      reachable: (process) => this.watcher(process).linked && state.server.up,
      cacheOf: (process) => this.cacheOf(process),
      latency: (name, stream) => this.drawLatency(name, stream),
      renewLease: (node, process, periodMs) => this.renewLease(node, process, periodMs),
      control: (owner) => new Control(cluster, owner),
    };
    this.control = new Control(this, this.operator);
    for (const [name, watcher] of state.watchers) this.route(name, watcher);
  }

  // ---- what users see

  get now(): Millis {
    return this.kernel.now;
  }

  get config(): ClusterConfig {
    return this.state.config;
  }

  get world(): World {
    return this.state.world;
  }

  get history(): readonly HistoryEntry[] {
    return this.kernel.log.entries();
  }

  /** Whether the API server answers and etcd takes writes. */
  get controlPlane(): { readonly serverUp: boolean; readonly quorum: boolean } {
    return { serverUp: this.state.server.up, quorum: this.state.server.quorum };
  }

  client(user = 'kubernetes-admin'): ApiClient {
    return new Client(this.host, this.operator, undefined, user);
  }

  entry(id: EntryId): HistoryEntry | undefined {
    return this.kernel.log.find(id);
  }

  causes(id: EntryId): HistoryEntry[] {
    const chain: HistoryEntry[] = [];
    for (let entry = this.entry(id); entry !== undefined; entry = this.entry(entry.cause)) chain.push(entry);
    return chain;
  }

  operation(what: string, detail: Readonly<Record<string, unknown>> = {}): EntryId {
    this.operator.cause = this.kernel.record({ type: 'operation', by: 'user', cause: 0, what, detail });
    return this.operator.cause;
  }

  pass(ms: Millis): void {
    const until = this.kernel.now + ms;
    while (this.step(until));
  }

  runUntil(done: () => boolean, limitMs: Millis): boolean {
    const until = this.kernel.now + limitMs;
    do {
      if (done()) return true;
    } while (this.step(until));
    return done();
  }

  settle(limitMs: Millis): boolean {
    const until = this.kernel.now + limitMs;
    while (this.kernel.queue.urgentCount > 0) if (!this.step(until)) return this.kernel.queue.urgentCount === 0;
    return true;
  }

  pending(): { process: string; task: Task; at: Millis }[] {
    return this.kernel.queue.pending().filter((e) => !e.timeout).map(({ process, task, at }) => ({ process, task, at }));
  }

  /** Adds a node; it boots and registers as time passes. */
  addNode(node: NodeOptions): void {
    addMachine(this.world, this.control, node);
  }

  fork(options: { seed?: string | number } = {}): Cluster {
    const kernel = this.kernel.fork();
    if (options.seed !== undefined) kernel.randoms = new RandomStreams(String(options.seed));
    const copy = new Cluster(kernel, forkState(this.state));
    copy.operator.cause = this.operator.cause;
    return copy;
  }

  snapshot(): string {
    return encodeState({ kernel: this.kernel.save(), state: this.state });
  }

  hash(): string {
    return this.kernel.log.hash();
  }

  setLatency(name: LatencyName, bounds: readonly [number, number]): void {
    (this.state.latencies as Record<LatencyName, readonly [number, number]>)[name] = bounds;
  }

  setConfig<K extends keyof ClusterConfig>(key: K, value: ClusterConfig[K]): void {
    this.state.config[key] = value;
  }

  /** The API server stops or starts to answer. */
  setServerUp(up: boolean): void {
    const server = this.state.server;
    if (server.up === up) return;
    this.host.cause = this.operator.cause = this.control.note(`the api server is ${up ? 'up' : 'down'}`);
    if (!up) this.leases(() => true, false);
    server.up = up;
    for (const [name, watcher] of this.state.watchers) this.relink(name, watcher);
    if (up && server.quorum) this.leases((process) => this.watcher(process).linked, true);
  }

  /** etcd loses its quorum, or has it again: without it reads go on and no write is taken. */
  setQuorum(quorum: boolean): void {
    const server = this.state.server;
    if (server.quorum === quorum) return;
    this.host.cause = this.operator.cause = this.control.note(quorum ? 'etcd has a quorum again' : 'etcd lost its quorum');
    if (!quorum && server.up) this.leases(() => true, false);
    server.quorum = quorum;
    if (quorum && server.up) this.leases((process) => this.watcher(process).linked, true);
  }

  // ---- processes

  spawn(name: string, component: string, args: Readonly<Record<string, string>>, actor: Actor): void {
    if (this.kernel.processes.has(name)) throw new Error(`a process named ${name} exists already`);
    this.kernel.processes.set(name, { name, component, args, up: false, epoch: 0, state: undefined });
    this.start(name, actor);
  }

  start(name: string, actor: Actor): void {
    const record = this.process(name);
    if (record.up) return;
    record.up = true;
    record.epoch += 1;
    const component = componentNamed(record.component);
    const specs = component.watches(record.args);
    const linked = this.state.watchers.get(name)?.linked ?? true;
    const kinds = new Set(specs.flatMap((s) => s.kinds));
    const watcher: Watcher = { specs, cache: emptyCache(kinds), inbox: [], linked, streaming: false, due: false };
    const known = this.state.watchers.has(name);
    this.state.watchers.set(name, watcher);
    if (!known) this.route(name, watcher);
    this.contexts.delete(name);
    const ctx = this.contextOf(record);
    ctx.cause = actor.cause;
    record.state = component.start(ctx);
    this.relink(name, watcher);
  }

  stop(name: string): void {
    const record = this.process(name);
    if (!record.up) return;
    record.up = false;
    record.state = undefined;
    this.kernel.queue.dropProcess(name);
    const watcher = this.watcher(name);
    watcher.streaming = false;
    watcher.due = false;
    watcher.inbox = [];
    this.leases((process) => process === name, false);
  }

  remove(name: string): void {
    this.stop(name);
    this.kernel.processes.delete(name);
    this.contexts.delete(name);
    const watcher = this.watcher(name);
    this.state.watchers.delete(name);
    for (const spec of watcher.specs) {
      if (spec.node !== undefined) drop(this.perNode, spec.node, name);
      else for (const kind of spec.kinds) drop(this.everywhere, kind, name);
    }
  }

  setConnected(name: string, connected: boolean): void {
    const watcher = this.watcher(name);
    if (watcher.linked === connected) return;
    if (!connected) this.leases((process) => process === name, false);
    watcher.linked = connected;
    this.relink(name, watcher);
    if (connected) this.leases((process) => process === name && this.process(name).up, true);
  }

  drawLatency(name: LatencyName, stream: string): Millis {
    const [low, high] = this.state.latencies[name];
    return low === high ? low : low + Math.floor(this.kernel.randoms.next(`${stream}/latency`) * (high - low + 1));
  }

  // ---- the run

  private boot(nodes: readonly NodeOptions[]): void {
    this.operator.cause = this.kernel.record({ type: 'operation', by: 'user', cause: 0, what: 'the cluster is switched on', detail: {} });
    this.host.cause = this.operator.cause;
    for (const object of bootstrapObjects(this.config)) this.client('system:apiserver').create(object);
    this.control.spawn('kube-controller-manager', 'kube-controller-manager', {});
    this.control.spawn('kube-scheduler', 'kube-scheduler', {});
    for (const node of nodes) addMachine(this.world, this.control, { ...node, booted: true });
    const ready = (): boolean => this.server.list('Node').filter((n) =>
      n.status.conditions?.some((c) => c.type === 'Ready' && c.status === 'True') === true && (n.spec.taints ?? []).every((t) => !t.key.startsWith('node.kubernetes.io/'))).length === nodes.length;
    this.pass(BOOT_MS);
    if (!ready()) throw new Error('the nodes did not become Ready');
  }

  /** Handles the next event due by `until`; false when there is none. */
  private step(until: Millis): boolean {
    const event = this.kernel.next(until);
    if (event === undefined) return false;
    this.handle(event);
    return true;
  }

  private handle(event: ScheduledEvent): void {
    const record = this.kernel.processes.get(event.process)!;
    const ctx = this.contextOf(record);
    ctx.cause = event.cause;
    const { task } = event;
    if (task.type === 'watch:deliver') this.deliver(record, ctx);
    else if (task.type === 'watch:list') this.relist(record, ctx, event.cause);
    else componentNamed(record.component).handle(task, record.state, ctx);
  }

  private process(name: string): ProcessRecord {
    const record = this.kernel.processes.get(name);
    if (record === undefined) throw new Error(`no process is named ${name}`);
    return record;
  }

  private contextOf(record: ProcessRecord): ProcessContext {
    let ctx = this.contexts.get(record.name);
    if (ctx === undefined) this.contexts.set(record.name, (ctx = new ProcessContext(this.host, record, record.name)));
    return ctx;
  }

  // ---- watches

  private watcher(process: string): Watcher {
    return this.state.watchers.get(process)!;
  }

  private cacheOf(process: string): WatchCache {
    return cacheReader(this.watcher(process).cache);
  }

  private route(name: string, watcher: Watcher): void {
    for (const spec of watcher.specs) {
      if (spec.node !== undefined) add(this.perNode, spec.node, name);
      else for (const kind of spec.kinds) add(this.everywhere, kind, name);
    }
  }

  /** Sets a watch going, or breaks it, as its link, its process and the server allow. */
  private relink(name: string, watcher: Watcher): void {
    const record = this.process(name);
    const can = watcher.linked && this.state.server.up && record.up;
    if (!can) {
      watcher.streaming = false;
      watcher.inbox = [];
      return;
    }
    if (watcher.streaming || watcher.specs.length === 0) return;
    const restarted = watcher.cache.kinds.values().next().value?.size === 0;
    const delayMs = this.drawLatency(restarted ? 'watch' : 'watchReconnect', name);
    this.kernel.schedule(record, delayMs, { type: 'watch:list' }, this.host.cause, false);
  }

  private relist(record: ProcessRecord, ctx: ProcessContext, cause: EntryId): void {
    const watcher = this.watcher(record.name);
    if (watcher.streaming || !watcher.linked || !this.state.server.up) return;
    watcher.streaming = true;
    watcher.inbox = [];
    this.take(record, ctx, watcher, differences(watcher, this.state.server.store, cause));
    ctx.cause = cause;
    componentNamed(record.component).reconnected?.(record.state, ctx);
  }

  private deliver(record: ProcessRecord, ctx: ProcessContext): void {
    const watcher = this.watcher(record.name);
    const items = watcher.inbox;
    watcher.due = false;
    watcher.inbox = [];
    this.take(record, ctx, watcher, items);
  }

  private take(record: ProcessRecord, ctx: ProcessContext, watcher: Watcher, items: readonly WatchItem[]): void {
    const component = componentNamed(record.component);
    for (const { kind, object, deleted, entry } of items) {
      let old = cacheApply(watcher.cache, kind, object, deleted);
      if (component.observe === undefined || (deleted && old === undefined)) continue;
      ctx.cause = entry;
      if (old !== undefined && old.metadata.uid !== object.metadata.uid) {
        // The deletion in between was missed: the cache's owner sees it now.
        component.observe({ type: 'DELETED', kind, object: old, old, entry }, record.state, ctx);
        old = undefined;
      }
      component.observe({ type: deleted ? 'DELETED' : old === undefined ? 'ADDED' : 'MODIFIED', kind, object, old, entry }, record.state, ctx);
    }
  }

  private changed(kind: Kind, before: KubeObject | undefined, after: KubeObject | undefined, last: KubeObject, revision: number): EntryId {
    const { metadata } = last;
    const entry = this.kernel.record({
      type: 'api', by: this.host.actor, cause: this.host.cause, kind, namespace: metadata.namespace ?? '', name: metadata.name,
      revision, before, after,
    });
    const item: WatchItem = { kind, object: last, deleted: after === undefined, entry };
    for (const name of this.everywhere.get(kind) ?? []) this.send(name, item);
    if (kind === 'Pod') {
      const node = (last as unknown as Pod).spec.nodeName;
      if (node) for (const name of this.perNode.get(node) ?? []) this.send(name, item);
    } else if (kind === 'Node') {
      for (const name of this.perNode.get(metadata.name) ?? []) this.send(name, item);
    }
    return entry;
  }

  private send(name: string, item: WatchItem): void {
    const watcher = this.watcher(name);
    if (!watcher.streaming) return;
    watcher.inbox.push(item);
    if (watcher.due) return;
    watcher.due = true;
    this.kernel.schedule(this.process(name), this.drawLatency('watch', name), { type: 'watch:deliver' }, item.entry, false);
  }

  // ---- leases

  private renewLease(node: string, process: string, periodMs: Millis): void {
    const { now } = this.kernel;
    const lease = { node, process, periodMs, since: now, renewing: this.host.reachable(process) && this.state.server.quorum, ended: now };
    this.state.server.leases.set(node, lease);
    if (lease.renewing) this.server.writeLease(lease);
  }

  /** Ends or resumes the renewals of the processes chosen. */
  private leases(chosen: (process: string) => boolean, renewing: boolean): void {
    for (const lease of this.state.server.leases.values()) {
      if (lease.renewing === renewing || !chosen(lease.process)) continue;
      if (renewing) lease.since = this.kernel.now;
      else lease.ended = lastRenewal(lease, this.kernel.now);
      lease.renewing = renewing;
      const { actor } = this.host;
      this.host.actor = lease.process;
      this.server.writeLease(lease);
      this.host.actor = actor;
    }
  }
}

/** Steers processes on behalf of one actor. */
class Control implements ProcessControl {
  private readonly cluster: Cluster;
  private readonly owner: Actor;

  constructor(cluster: Cluster, owner: Actor) {
    this.cluster = cluster;
    this.owner = owner;
  }

  get now(): Millis {
    return this.cluster.now;
  }

  get cause(): EntryId {
    return this.owner.cause;
  }

  set cause(cause: EntryId) {
    this.owner.cause = cause;
  }

  spawn(name: string, component: string, args: Readonly<Record<string, string>>): void {
    this.cluster.spawn(name, component, args, this.owner);
  }

  start(name: string): void {
    this.cluster.start(name, this.owner);
  }

  stop(name: string): void {
    this.cluster.stop(name);
  }

  remove(name: string): void {
    this.cluster.remove(name);
  }

  isUp(name: string): boolean {
    return this.cluster.kernel.processes.get(name)?.up === true;
  }

  has(name: string): boolean {
    return this.cluster.kernel.processes.has(name);
  }

  setConnected(name: string, connected: boolean): void {
    this.cluster.setConnected(name, connected);
  }

  scheduleFor(process: string, delayMs: Millis, task: Task, options: { timeout?: boolean } = {}): number {
    const record = this.cluster.kernel.processes.get(process);
    if (record === undefined || !record.up) throw new Error(`process ${process} is not up`);
    return this.cluster.kernel.schedule(record, delayMs, task, this.owner.cause, options.timeout ?? false);
  }

  cancel(timer: number): void {
    this.cluster.kernel.queue.cancel(timer);
  }

  random(stream: string): number {
    return this.cluster.kernel.randoms.next(stream);
  }

  latency(name: string, stream: string): Millis {
    return this.cluster.drawLatency(name as LatencyName, stream);
  }

  note(what: string, detail: Readonly<Record<string, unknown>> = {}): EntryId {
    return this.cluster.kernel.record({ type: 'world', by: this.owner.actor, cause: this.owner.cause, what, detail });
  }
}

function add<K>(index: Map<K, string[]>, key: K, name: string): void {
  const names = index.get(key);
  if (names === undefined) index.set(key, [name]);
  else names.push(name);
}

function drop<K>(index: Map<K, string[]>, key: K, name: string): void {
  const names = index.get(key)?.filter((n) => n !== name);
  if (names === undefined || names.length === 0) index.delete(key);
  else index.set(key, names);
}
