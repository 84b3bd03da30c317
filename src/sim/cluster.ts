/**
 * The one entry point to a simulated cluster: it boots the control plane and the nodes, runs their events,
 * and is what scenarios, kubectl and the search hold in their hands.
 */
import type { ApiClient, ClusterControl } from './api/client.ts';
import { impersonated, type Impersonation } from './api/authentication/impersonation.ts';
import { actingAs, ADMINISTRATOR, API_SERVER, type UserInfo } from './api/authentication/user.ts';
import { callsPerSecond } from './api/ratelimit.ts';
import { CUSTOM_RESOURCE_DEFINITIONS } from './api/resources/customresource.ts';
import type { DynamicResource } from './api/resources/dynamic.ts';
import type { MetricsApi } from './api/metrics.ts';
import { ResourceRegistry } from './api/resources/registry.ts';
import { ApiServer, emptyServer, type StoreChange } from './api/server.ts';
import { keyOf, putObject } from './api/store.ts';
import type { KubeObject } from './api/types.ts';
import { AddedResources } from './addedresources.ts';
import { APIEXTENSIONS } from './controlplane/apiextensions/index.ts';
import {
  callConverter,
  callWebhook,
  reachExtension,
  GATEWAY_CONTROLLER,
  INGRESS_CONTROLLER,
  ingressNginx,
  nginxGateway,
  type NetworkEnv,
  POLICY_AGENT,
} from './network/index.ts';
import { LOAD_BALANCER } from './controlplane/loadbalancer/loadbalancer.ts';
import { bootstrapObjects, DEFAULT_STORAGE_CLASS, OF_NAMESPACES } from './bootstrap.ts';
import { hasExpired, usersOf } from './api/certificates/certified.ts';
import { Client } from './client.ts';
import { CLUSTER_AUTOSCALER } from './clusterautoscaler/index.ts';
import type { ClusterApi, NodeOptions } from './clusterapi.ts';
import type { ClusterOptions } from './clusteroptions.ts';
import type { ClusterState } from './clusterstate.ts';
import type { Components } from './components.ts';
import { DEFAULT_CONFIG, type ClusterConfig } from './config.ts';
import { Cells, forkState } from './kernel/fork.ts';
import { decodeState, encodeState } from './kernel/snapshot.ts';
import type { HistoryEntry } from './kernel/history.ts';
import { expiryTimer } from './etcd.ts';
import { Kernel } from './kernel/kernel.ts';
import {
  because,
  type By,
  type EntryId,
  type Millis,
  type ScheduledEvent,
  type Task,
  type Message,
} from './kernel/types.ts';
import { LATENCIES, type LatencyName, type LatencyTable, type SettingName } from './latency.ts';
import { LatencyDraws } from './latencydraws.ts';
import {
  DEFAULT_LIMITS,
  type EndFacts,
  EVENTS_PER_LOOK,
  limitError,
  YEAR_MS,
  type RunLimits,
} from './limits.ts';
import { addMachine } from './node/machine.ts';
import { MeasuredWorld } from './node/metrics.ts';
import { webhooksIn, type ConversionBehaviour } from './node/webhooks.ts';
import { emptyWorld, type World } from './node/world.ts';
import { type ClusterParts, componentsOf, standardParts } from './parts.ts';
import { Processes } from './processes.ts';
import { addons, CONTROL_PLANE, machineOfPlane, preparePlane } from './system/index.ts';
import { CSI_CONTROLLER } from './volume/index.ts';
import { DELIVER, LIST, WatchHub } from './watchhub.ts';

export type { ClusterApi, NodeOptions } from './clusterapi.ts';
export type { ClusterOptions } from './clusteroptions.ts';

/** How long before time 0 a cluster is switched on, and how long its nodes may take. */
const BOOT_MS = 60_000;
/** So many are untainted meanwhile at the controllers' default rate of 20 writes a second. */
const BOOT_NODES = 500;

/** Large ones take longer, unless controllers write without limit: two writes a node, and as much again. */
function bootMsOf(nodes: number, { controllerManagerKubeAPIQPS }: ClusterConfig): Millis {
  const qps = callsPerSecond({ qps: controllerManagerKubeAPIQPS });
  return nodes <= BOOT_NODES || qps < 0 ? BOOT_MS : BOOT_MS + Math.ceil((4 * nodes * 1000) / qps);
}

/** Processes that run from the first object of a resource on. */
const WATCHED_FROM_THE_FIRST: Readonly<Record<string, string>> = {
  'networkpolicies.networking.k8s.io': POLICY_AGENT,
  'ingresses.networking.k8s.io': INGRESS_CONTROLLER,
  'gatewayclasses.gateway.networking.k8s.io': GATEWAY_CONTROLLER,
  'gateways.gateway.networking.k8s.io': GATEWAY_CONTROLLER,
};

const NOBODY: ReadonlyMap<string, readonly string[]> = new Map();

/** Whether nodes are named that run the control plane. */
const isOnNodes = (nodes: ClusterOptions['nodes']): boolean =>
  typeof nodes !== 'number' && nodes.some(({ controlPlane }) => controlPlane === true);

/** Spreads whole numbers over [0, 1). */
const GOLDEN = 0.618_033_988_7;

/** No cluster comes about: what was asked prevents it. */
export class BootError extends Error {}

/**
 * A simulated cluster: its API server, its processes, its machines, and the virtual time they share.
 * @example
 * const small = Cluster.create({ seed: 7, nodes: 2 });
 * small.pass(60_000);
 * small.client().list('Node').map((n) => n.metadata.name); // ['node-1', 'node-2']
 */
export class Cluster implements ClusterApi {
  readonly kernel: Kernel;
  readonly server: ApiServer;
  readonly resources: ResourceRegistry;
  private readonly state: ClusterState;
  private readonly parts: ClusterParts;
  private readonly limits: RunLimits;
  private readonly components: Components;
  private readonly latencies: LatencyDraws;
  private readonly hub: WatchHub;
  private readonly added: AddedResources;
  private readonly processTable: Processes;
  private operator: By = { actor: 'user', user: ADMINISTRATOR, cause: 0 };

  /** @throws BootError when the nodes do not become Ready */
  static create(options: ClusterOptions): Cluster {
    const config: ClusterConfig = { ...DEFAULT_CONFIG, ...options.config };
    const latencies = { ...LATENCIES, ...options.latencies } as LatencyTable;
    const kernel = new Kernel(String(options.seed), options.history ?? { keep: 'all' });
    const nodes = typeof options.nodes === 'number' ? options.nodes : options.nodes.length;
    kernel.now = -bootMsOf(nodes, config) * (isOnNodes(options.nodes) ? 2 : 1);
    const { parts = standardParts } = options;
    const limits = { ...DEFAULT_LIMITS, ...options.limits };
    const cluster = new Cluster(kernel, parts, limits, {
      resources: new Map(),
      server: emptyServer(new ResourceRegistry(parts.resources)),
      watchers: new Cells(),
      world: emptyWorld(),
      config,
      latencies,
    });
    for (const [image, behaviour] of Object.entries(parts.images)) cluster.world.images.set(image, behaviour);
    for (const [webhook, behaviour] of Object.entries(parts.webhooks))
      webhooksIn(cluster.world).behaviours.set(webhook, behaviour);
    cluster.boot(
      typeof options.nodes === 'number'
        ? Array.from({ length: options.nodes }, (_, i) => ({ name: `node-${i + 1}` }))
        : options.nodes,
    );
    return cluster;
  }

  /**
   * Takes back what `snapshot` gave. @param parts those it was made of. @throws Error when a process of it is
   * an instance of a component that is not among them
   */
  static restore(snapshot: string, parts: ClusterParts = standardParts): Cluster {
    const saved = decodeState(snapshot) as {
      kernel: Record<string, unknown>;
      state: ClusterState;
      cause: EntryId;
    };
    const cluster = new Cluster(Kernel.restore(saved.kernel), parts, DEFAULT_LIMITS, saved.state);
    for (const { name, component } of cluster.kernel.processes.values())
      if (!cluster.components.has(component))
        throw new Error(
          `the snapshot has a process ${name} of a component ${component}, which these parts lack: ` +
            'restore it with the parts it was made of',
        );
    cluster.operator = because(cluster.operator, saved.cause);
    return cluster;
  }

  private constructor(kernel: Kernel, parts: ClusterParts, limits: RunLimits, state: ClusterState) {
    this.kernel = kernel;
    this.limits = limits;
    this.state = state;
    this.parts = parts;
    this.components = componentsOf(parts);
    this.resources = new ResourceRegistry(parts.resources, state.resources.values());
    this.latencies = new LatencyDraws(kernel, state);
    this.hub = new WatchHub(kernel, state, this.resources, this.latencies, this.components);
    this.added = new AddedResources(state, this.resources, this.hub);
    this.server = new ApiServer(state.server, {
      config: state.config,
      resources: this.resources,
      admission: parts.admission,
      now: () => kernel.now,
      random: () => kernel.randoms.next('kube-apiserver'),
      randomAside: () => kernel.randoms.next('kube-apiserver aside'),
      changed: (change, by) => this.changed(change, by),
      endowed: (resource, key, object) => {
        for (const cache of this.hub.cachesOf(resource)) putObject(cache, key, object);
      },
      expireAt: expiryTimer(kernel),
      isMeasuring: () => this.processTable.isMeasuring(),
      callWebhook: (call) => callWebhook(this.webhookRoad(), call),
      callConverter: (call) => callConverter(this.webhookRoad(), call),
      reachExtension: (call) => reachExtension(this.extensionRoad(), this.state.config, call),
    });
    this.processTable = new Processes(
      kernel,
      state,
      this.server,
      this.resources,
      this.hub,
      this.latencies,
      this.components,
      (name, call, by) => parts.programs[name]?.(this, call, by),
    );
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

  get metrics(): MetricsApi {
    return new MeasuredWorld(this);
  }

  get history(): readonly HistoryEntry[] {
    return this.kernel.log.entries();
  }

  get controlPlane(): { readonly serverUp: boolean; readonly quorum: boolean } {
    return { serverUp: this.state.server.up, quorum: this.state.server.quorum };
  }

  get control(): ClusterControl {
    return this.processTable;
  }

  get by(): By {
    return this.operator;
  }

  client(as: string | UserInfo = this.operator.user): ApiClient {
    const by = typeof as === 'string' ? { ...this.operator, user: as } : actingAs(this.operator, as);
    return new Client({ reach: () => this.server }, by);
  }

  operatedBy(by: By): ClusterApi {
    // With this one as its prototype V8 would make a hidden class for it, and keep it alive by that.
    const members: Partial<Cluster> = { ...this };
    const view = Object.assign(Object.create(Cluster.prototype) as Cluster, members);
    view.operator = by;
    return view;
  }

  get users(): ReadonlyMap<string, readonly string[]> {
    return usersOf(this.state.server, this.now) ?? NOBODY;
  }

  hasExpired(user: string): boolean {
    return hasExpired(this.state.server, user, this.now);
  }

  addUser(name: string, groups: readonly string[]): void {
    (this.state.server.users ??= new Map()).set(name, groups);
  }

  authenticate(token: string): UserInfo | undefined {
    return this.server.authenticate(token);
  }

  impersonate(as: UserInfo | undefined, wanted: Impersonation): UserInfo {
    const by = as === undefined ? this.operator : actingAs(this.operator, as);
    return impersonated(by, wanted, (who, what) => this.server.authorizer.check(who, what));
  }

  entry(id: EntryId): HistoryEntry | undefined {
    return this.kernel.log.find(id);
  }

  causes(id: EntryId): HistoryEntry[] {
    const chain: HistoryEntry[] = [];
    for (let entry = this.entry(id); entry !== undefined; entry = this.entry(entry.cause)) chain.push(entry);
    return chain;
  }

  operation(key: string, args: Message['args'] = {}): EntryId {
    const cause = this.kernel.record({ type: 'operation', key, args }, because(this.operator, 0));
    this.operator = because(this.operator, cause);
    return cause;
  }

  pass(ms: Millis): void {
    const until = this.endOf(ms);
    while (this.step(until));
  }

  runUntil(done: () => boolean, limitMs: Millis): boolean {
    const until = this.endOf(limitMs);
    do {
      if (done()) return true;
    } while (this.step(until));
    return done();
  }

  settle(limitMs: Millis): boolean {
    const until = this.endOf(limitMs);
    while (this.kernel.queue.urgentCount > 0)
      if (!this.step(until)) return this.kernel.queue.urgentCount === 0;
    return true;
  }

  processes(component: string): { name: string; state: unknown }[] {
    return [...this.kernel.processes.peek().values()]
      .filter((p) => p.component === component)
      .map(({ name }) => ({ name, state: this.processState(name) }));
  }

  pending(): { process: string; task: Task; at: Millis }[] {
    return this.kernel.queue
      .pending()
      .filter((e) => !e.timeout)
      .map(({ process, task, at }) => ({ process, task, at }));
  }

  dueAt(process: string): Millis {
    return this.kernel.queue.dueAt(process);
  }

  /** Adds a machine that is switched on; its kubelet registers the node as time passes. */
  addNode(node: NodeOptions): void {
    const { zone = 'zone-a', labels, ...machine } = node;
    const options = {
      ...machine,
      labels: { ...(zone === '' ? {} : { 'topology.kubernetes.io/zone': zone }), ...labels },
    };
    addMachine(this, this.world.system === undefined ? options : machineOfPlane(this.state, options));
  }

  addResource(resource: DynamicResource, by: By = this.operator): void {
    const { resource: name } = this.added.add(resource);
    this.control.note(`the resource ${name} is served`, { resource: name }, by);
  }

  describeConversion(definition: string, behaviour: ConversionBehaviour): void {
    const webhooks = webhooksIn(this.world);
    (webhooks.conversions ??= new Map()).set(definition, behaviour);
    const found = this.server.state.store.tables
      .get(CUSTOM_RESOURCE_DEFINITIONS)
      ?.all.get(keyOf('', definition));
    if (found !== undefined) this.added.follow(found, found);
  }

  processState(name: string): unknown {
    return this.processTable.named(name).state;
  }

  fork(options: { seed?: string | number; limits?: Partial<RunLimits> } = {}): Cluster {
    const kernel = this.kernel.fork(options.seed === undefined ? undefined : String(options.seed));
    const limits = options.limits === undefined ? this.limits : { ...DEFAULT_LIMITS, ...options.limits };
    const { resources, server, watchers, world, config, latencies } = this.state;
    const copy = new Cluster(kernel, this.parts, limits, {
      resources: forkState(resources),
      server: forkState(server),
      watchers: forkState(watchers),
      world: forkState(world),
      // Flat, the one; replaced when it changes, the other.
      config: { ...config },
      latencies,
    });
    copy.operator = this.operator;
    copy.server.authorizer.adopt(this.server.authorizer);
    // They hold what both sides read from here on.
    this.processTable.forgetLives();
    return copy;
  }

  reseed(seed: string | number): void {
    this.kernel.reseed(String(seed));
    this.processTable.forgetLives();
    this.latencies.reseeded();
  }

  snapshot(): string {
    return encodeState({ kernel: this.kernel.save(), state: this.state, cause: this.operator.cause });
  }

  hash(): string {
    return this.kernel.log.hash();
  }

  setLatency(name: LatencyName, bounds: readonly [number, number]): void {
    this.state.latencies = { ...this.state.latencies, [name]: bounds };
    this.reconfigured(name);
  }

  setConfig<K extends keyof ClusterConfig>(key: K, value: ClusterConfig[K]): void {
    this.state.config[key] = value;
    this.reconfigured(key);
  }

  /** A setting counts from now on, also where a process went by its value already. */
  private reconfigured(setting: SettingName): void {
    for (const { name, up } of this.kernel.processes.values()) {
      if (!up) continue;
      const life = this.processTable.lifeOf(name);
      life.component.reconfigured?.(setting, life.record.state, life.context(this.by.cause));
    }
  }

  // ---- the run

  /** By which the API server reaches webhooks. */
  private webhookRoad(): NetworkEnv {
    const { world } = this.state;
    return {
      world,
      now: this.now,
      random: () => this.kernel.randoms.next('webhooks'),
      hop: () => this.latencies.draw('networkHop', 'webhooks'),
    };
  }

  /** By which it reaches servers behind APIServices. Reads are many, and draw nothing. */
  private extensionRoad(): NetworkEnv & { readonly draw: () => number } {
    const { world } = this.state;
    const draw = (): number => this.kernel.randoms.next('extension apiserver');
    const random = (): number => Math.abs(this.now * GOLDEN) % 1;
    return { world, now: this.now, random, hop: () => 1, draw };
  }

  private boot(nodes: readonly NodeOptions[]): void {
    if (this.config.defaultStorageClass) this.endow(DEFAULT_STORAGE_CLASS);
    for (const object of OF_NAMESPACES) this.endow(object);
    this.operation('clusterSwitchedOn');
    const api = this.client(API_SERVER);
    const onNodes = isOnNodes([...nodes]);
    if (onNodes) preparePlane(this.state, nodes);
    else for (const object of bootstrapObjects(this.config)) api.create(object);
    if (this.config.ingressController && !onNodes) for (const object of ingressNginx()) api.create(object);
    if (this.config.gatewayController && !onNodes) for (const object of nginxGateway()) api.create(object);
    this.spawn('etcd', APIEXTENSIONS);
    this.spawn(...(onNodes ? [CONTROL_PLANE] : ['kube-controller-manager', 'kube-scheduler']));
    this.spawn(CSI_CONTROLLER);
    if (this.config.loadBalancerAddresses !== '') this.spawn(LOAD_BALANCER);
    if (this.config.clusterAutoscaler !== '') this.spawn(CLUSTER_AUTOSCALER);
    for (const node of nodes) this.addNode(node);
    if (onNodes) this.furnish(api);
    const ready = (): boolean =>
      api
        .list('Node')
        .filter(
          (n) =>
            n.status.conditions?.some((c) => c.type === 'Ready' && c.status === 'True') === true &&
            (n.spec.taints ?? []).every((t) => !t.key.startsWith('node.kubernetes.io/')),
        ).length === nodes.length;
    this.pass(-this.now);
    if (!ready())
      throw new BootError(
        'the nodes did not become Ready within a minute of their boot, as the settings are',
      );
  }

  private spawn(...components: readonly string[]): void {
    for (const component of components) this.control.spawn(component, component, {}, this.by);
  }

  /** What a control plane on nodes begins with, and what is installed on it, once it answers. */
  private furnish(api: ApiClient): void {
    const { server, world } = this.state;
    if (!this.runUntil(() => server.up && server.quorum, -this.now)) return;
    const servers = [...server.plane!.members.keys()].map((node) => world.machines.get(node)!.ip);
    for (const object of bootstrapObjects(this.config, servers)) api.create(object);
    for (const object of addons(this.config)) this.client().create(object);
  }

  /** Puts an object into the store that was there before the history begins. */
  private endow(object: KubeObject): void {
    const { resource } = this.resources.get(object.kind);
    putObject(
      this.state.server.store.tables.get(resource)!,
      keyOf(object.metadata.namespace ?? '', object.metadata.name),
      object,
    );
  }

  /** Handles the next event due by `until`; false when there is none. */
  private step(until: Millis): boolean {
    const event = this.kernel.next(until);
    if (event === undefined) return false;
    this.handle(event);
    const { handled } = this.kernel;
    if (handled > this.limits.events) this.end({ of: 'events', count: handled });
    if (handled % EVENTS_PER_LOOK === 0) {
      if (this.limits.overdue?.() === true) this.end('time');
      const { kept } = this.kernel.log;
      if (kept > this.limits.kept) this.end({ of: 'changes', count: kept });
    }
    return true;
  }

  /**
   * When a stretch of time is over. @throws LimitError at once, for more than can be written as a timestamp
   */
  private endOf(ms: Millis): Millis {
    const until = this.kernel.now + ms;
    if (until !== Infinity && until > this.limits.until)
      this.end({ of: 'years', count: Math.floor(until / YEAR_MS) });
    return until;
  }

  /** @throws LimitError */
  private end(used: EndFacts['used']): never {
    throw limitError(used, this.now, this.history);
  }

  private handle({ process, task, cause }: ScheduledEvent): void {
    const life = this.processTable.lifeOf(process);
    const ctx = life.context(cause);
    if (task.type === DELIVER) this.hub.deliver(life, ctx);
    else if (task.type === LIST) this.hub.relist(life, ctx);
    else life.component.handle(task, life.record.state, ctx);
  }

  private changed({ definition, key, before, after, last, revision }: StoreChange, by: By): EntryId {
    const { resource, kind } = definition;
    const { namespace = '', name } = last.metadata;
    const entry = this.kernel.record(
      { type: 'api', resource, kind, namespace, name, revision, before, after },
      by,
    );
    this.hub.publish({ resource, key, object: last, deleted: after === undefined, entry });
    if (resource === CUSTOM_RESOURCE_DEFINITIONS) this.added.follow(before, after);
    const watcher = WATCHED_FROM_THE_FIRST[resource];
    if (watcher !== undefined && !this.control.has(watcher)) this.control.spawn(watcher, watcher, {}, by);
    return entry;
  }
}
