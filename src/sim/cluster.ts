/**
 * The one entry point to a simulated cluster: it boots the control plane and the nodes, runs their events,
 * and is what scenarios, kubectl and the search hold in their hands.
 */
import { emptyCache } from './api/cache.ts';
import type { Trouble } from './api/trouble.ts';
import type { ApiClient, ClusterControl } from './api/client.ts';
import { lastRenewal } from './api/leases.ts';
import { ApiServer, emptyServer, type ServerState, type StoreChange } from './api/server.ts';
import type { Watcher } from './api/watch.ts';
import { bootstrapObjects } from './bootstrap.ts';
import type { ClusterApi, ClusterOptions, NodeOptions } from './clusterapi.ts';
import { componentNamed } from './components.ts';
import { DEFAULT_CONFIG, type ClusterConfig } from './config.ts';
import { Client, ProcessContext, type Actor, type ContextHost } from './context.ts';
import { Control } from './control.ts';
import { decodeState, encodeState, forkState } from './kernel/fork.ts';
import type { HistoryEntry } from './kernel/history.ts';
import { Kernel } from './kernel/kernel.ts';
import type { EntryId, Millis, ProcessRecord, ScheduledEvent, Task } from './kernel/types.ts';
import { LATENCIES, type LatencyName, type LatencyTable } from './latency.ts';
import { addMachine } from './node/machine.ts';
import { emptyWorld, type World } from './node/world.ts';
import { DELIVER, LIST, WatchHub } from './watchhub.ts';
import './registered.ts';

export type { ClusterApi, ClusterOptions, NodeOptions } from './clusterapi.ts';

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
  readonly control: ClusterControl;
  private readonly state: ClusterState;
  private readonly host: ContextHost;
  private readonly operator: Actor = { actor: 'user', cause: 0 };
  private readonly contexts = new Map<string, ProcessContext>();
  private readonly latencyStreams = new Map<string, () => number>();
  private readonly hub: WatchHub;

  /** @throws Error when the nodes do not become Ready */
  static create(options: ClusterOptions): Cluster {
    const config: ClusterConfig = { ...DEFAULT_CONFIG, ...options.config };
    const latencies = { ...LATENCIES, ...options.latencies } as LatencyTable;
    const kernel = new Kernel(String(options.seed), options.history ?? { keep: 'all' });
    kernel.now = -BOOT_MS;
    const cluster = new Cluster(kernel, {
      server: emptyServer(),
      watchers: new Map(),
      world: emptyWorld(),
      config,
      latencies,
    });
    cluster.boot(
      typeof options.nodes === 'number'
        ? Array.from({ length: options.nodes }, (_, i) => ({ name: `node-${i + 1}` }))
        : options.nodes,
    );
    return cluster;
  }

  /** Takes back what `snapshot` gave. */
  static restore(snapshot: string): Cluster {
    const saved = decodeState(snapshot) as {
      kernel: Record<string, unknown>;
      state: ClusterState;
      cause: EntryId;
    };
    const cluster = new Cluster(Kernel.restore(saved.kernel), saved.state);
    cluster.operator.cause = saved.cause;
    return cluster;
  }

  private constructor(kernel: Kernel, state: ClusterState) {
    this.kernel = kernel;
    this.state = state;
    this.hub = new WatchHub({
      kernel,
      server: state.server,
      watchers: state.watchers,
      drawLatency: (name, stream) => this.drawLatency(name, stream),
    });
    this.server = new ApiServer(state.server, {
      config: state.config,
      now: () => kernel.now,
      random: () => kernel.randoms.next('kube-apiserver'),
      changed: (change) => this.changed(change),
    });
    this.host = {
      kernel,
      server: this.server,
      world: state.world,
      config: state.config,
      actor: 'user',
      cause: 0,
      reachable: (process) => this.hub.watcher(process).linked && state.server.up,
      cacheOf: (process) => this.hub.cacheOf(process),
      latency: (name, stream) => this.drawLatency(name, stream),
      renewLease: (node, process, periodMs) => this.renewLease(node, process, periodMs),
      control: (owner) => new Control(this, owner),
    };
    this.control = new Control(this, this.operator);
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
    while (this.kernel.queue.urgentCount > 0)
      if (!this.step(until)) return this.kernel.queue.urgentCount === 0;
    return true;
  }

  processes(component: string): { name: string; state: unknown }[] {
    return [...this.kernel.processes.values()]
      .filter((p) => p.component === component)
      .map(({ name, state }) => ({ name, state }));
  }

  pending(): { process: string; task: Task; at: Millis }[] {
    return this.kernel.queue
      .pending()
      .filter((e) => !e.timeout)
      .map(({ process, task, at }) => ({ process, task, at }));
  }

  /** Adds a machine that is switched on; its kubelet registers the node as time passes. */
  addNode(node: NodeOptions): void {
    const { zone = 'zone-a', labels, ...machine } = node;
    addMachine(this, {
      ...machine,
      labels: { ...(zone === '' ? {} : { 'topology.kubernetes.io/zone': zone }), ...labels },
    });
  }

  processState(name: string): unknown {
    return this.process(name).state;
  }

  fork(options: { seed?: string | number } = {}): Cluster {
    const kernel = this.kernel.fork();
    if (options.seed !== undefined) kernel.reseed(String(options.seed));
    const copy = new Cluster(kernel, forkState(this.state));
    copy.operator.cause = this.operator.cause;
    return copy;
  }

  reseed(seed: string | number): void {
    this.kernel.reseed(String(seed));
    // They hold streams of the old seed.
    this.contexts.clear();
    this.latencyStreams.clear();
  }

  snapshot(): string {
    return encodeState({ kernel: this.kernel.save(), state: this.state, cause: this.operator.cause });
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
  setServerUp(up: boolean, actor: Actor = this.operator): void {
    const server = this.state.server;
    if (server.up === up) return;
    actor.cause = new Control(this, actor).note(`the api server is ${up ? 'up' : 'down'}`);
    if (!up) this.leases(() => true, false, actor.cause);
    server.up = up;
    for (const name of this.state.watchers.keys()) this.hub.relink(name, actor.cause);
    if (up && server.quorum) this.leases(this.renews, true, actor.cause);
  }

  /** etcd loses its quorum, or has it again: without it reads go on and no write is taken. */
  setQuorum(quorum: boolean, actor: Actor = this.operator): void {
    const server = this.state.server;
    if (server.quorum === quorum) return;
    actor.cause = new Control(this, actor).note(quorum ? 'etcd has a quorum again' : 'etcd lost its quorum');
    if (!quorum && server.up) this.leases(() => true, false, actor.cause);
    server.quorum = quorum;
    if (quorum && server.up) this.leases(this.renews, true, actor.cause);
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
    const watcher: Watcher = {
      specs,
      cache: emptyCache(kinds),
      inbox: [],
      linked,
      streaming: false,
      due: false,
    };
    const known = this.state.watchers.has(name);
    this.state.watchers.set(name, watcher);
    if (!known) this.hub.route(name, watcher);
    this.contexts.delete(name);
    const ctx = this.contextOf(record);
    ctx.cause = actor.cause;
    record.state = component.start(ctx);
    this.hub.relink(name, actor.cause);
  }

  stop(name: string, actor: Actor): void {
    const record = this.process(name);
    if (!record.up) return;
    record.up = false;
    record.state = undefined;
    delete record.frozen;
    this.kernel.queue.dropProcess(name);
    const watcher = this.hub.watcher(name);
    watcher.streaming = false;
    watcher.due = false;
    watcher.inbox = [];
    this.leases((process) => process === name, false, actor.cause);
  }

  freeze(name: string, actor: Actor): void {
    const record = this.process(name);
    if (!record.up || record.frozen !== undefined) return;
    record.frozen = [];
    this.leases((process) => process === name, false, actor.cause);
  }

  thaw(name: string, actor: Actor): void {
    const record = this.process(name);
    const { frozen } = record;
    if (frozen === undefined) return;
    delete record.frozen;
    for (const event of frozen) this.kernel.queue.push({ ...event, at: this.kernel.now });
    if (this.renews(name) && this.state.server.up && this.state.server.quorum)
      this.leases((process) => process === name, true, actor.cause);
  }

  remove(name: string, actor: Actor): void {
    this.stop(name, actor);
    this.kernel.processes.delete(name);
    this.contexts.delete(name);
    this.hub.forget(name);
  }

  setConnected(name: string, connected: boolean, actor: Actor): void {
    const watcher = this.hub.watcher(name);
    if (watcher.linked === connected) return;
    if (!connected) this.leases((process) => process === name, false, actor.cause);
    watcher.linked = connected;
    this.hub.relink(name, actor.cause);
    if (connected) this.leases((process) => process === name && this.renews(name), true, actor.cause);
  }

  drawLatency(name: LatencyName, stream: string): Millis {
    const [low, high] = this.state.latencies[name];
    const ms = low === high ? low : low + Math.floor(this.latencyStream(stream)() * (high - low + 1));
    const late = this.state.server.trouble === undefined ? ms : ms + this.troubleMs(name, stream);
    // A boot is under way when a slowed node is healed, and would go on at its slow pace for an hour.
    return this.state.world.slowNodes.size === 0 || name === 'nodeBoot'
      ? late
      : late * (this.state.world.slowNodes.get(stream) ?? 1);
  }

  private latencyStream(process: string): () => number {
    let stream = this.latencyStreams.get(process);
    if (stream === undefined)
      this.latencyStreams.set(process, (stream = this.kernel.randoms.stream(`${process}/latency`)));
    return stream;
  }

  /** What an API server in trouble adds to a latency. */
  private troubleMs(name: LatencyName, process: string): Millis {
    const { slowMs = 0, watchLag } = this.state.server.trouble!;
    if (name === 'apiCall') return slowMs;
    return name === 'watch' ? (watchLag?.get(process) ?? watchLag?.get('*') ?? 0) : 0;
  }

  get trouble(): Trouble {
    return (this.state.server.trouble ??= {});
  }

  // ---- the run

  private boot(nodes: readonly NodeOptions[]): void {
    this.operator.cause = this.kernel.record({
      type: 'operation',
      by: 'user',
      cause: 0,
      what: 'the cluster is switched on',
      detail: {},
    });
    this.host.cause = this.operator.cause;
    for (const object of bootstrapObjects(this.config)) this.client('system:apiserver').create(object);
    this.control.spawn('kube-controller-manager', 'kube-controller-manager', {});
    this.control.spawn('kube-scheduler', 'kube-scheduler', {});
    for (const node of nodes) this.addNode(node);
    const ready = (): boolean =>
      this.server
        .list('Node')
        .filter(
          (n) =>
            n.status.conditions?.some((c) => c.type === 'Ready' && c.status === 'True') === true &&
            (n.spec.taints ?? []).every((t) => !t.key.startsWith('node.kubernetes.io/')),
        ).length === nodes.length;
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
    if (task.type === DELIVER) this.hub.deliver(record, ctx);
    else if (task.type === LIST) this.hub.relist(record, ctx, event.cause);
    else componentNamed(record.component).handle(task, record.state, ctx);
  }

  private process(name: string): ProcessRecord {
    const record = this.kernel.processes.get(name);
    if (record === undefined) throw new Error(`no process is named ${name}`);
    return record;
  }

  private contextOf(record: ProcessRecord): ProcessContext {
    let ctx = this.contexts.get(record.name);
    if (ctx === undefined)
      this.contexts.set(record.name, (ctx = new ProcessContext(this.host, record, record.name)));
    return ctx;
  }

  private changed({ kind, key, before, after, last, revision }: StoreChange): EntryId {
    const { metadata } = last;
    const entry = this.kernel.record({
      type: 'api',
      by: this.host.actor,
      cause: this.host.cause,
      kind,
      namespace: metadata.namespace ?? '',
      name: metadata.name,
      revision,
      before,
      after,
    });
    this.hub.publish({ kind, key, object: last, deleted: after === undefined, entry });
    return entry;
  }

  // ---- leases

  private renewLease(node: string, process: string, periodMs: Millis): void {
    const { now } = this.kernel;
    const lease = {
      node,
      process,
      periodMs,
      since: now,
      renewing: this.host.reachable(process) && this.state.server.quorum,
      ended: now,
      entry: 0,
    };
    this.state.server.leases.set(node, lease);
    if (lease.renewing) this.server.writeLease(lease);
  }

  /** Whether a kubelet that once renewed its Lease is able to. */
  private readonly renews = (process: string): boolean => {
    const record = this.kernel.processes.get(process);
    // Of a machine that was taken away nothing but the Lease is left.
    return (
      record !== undefined && record.up && record.frozen === undefined && this.hub.watcher(process).linked
    );
  };

  /** Ends or resumes the renewals of the processes chosen. */
  private leases(chosen: (process: string) => boolean, renewing: boolean, cause: EntryId): void {
    for (const lease of this.state.server.leases.values()) {
      if (lease.renewing === renewing || !chosen(lease.process)) continue;
      if (renewing) lease.since = this.kernel.now;
      else lease.ended = lastRenewal(lease, this.kernel.now);
      lease.renewing = renewing;
      const { actor } = this.host;
      this.host.actor = lease.process;
      this.host.cause = cause;
      this.server.writeLease(lease);
      this.host.actor = actor;
    }
  }
}
