/**
 * What a process sees of the cluster while it does one thing: its client, its cache, its clock and its random
 * stream, all bound to one actor and one cause.
 */
import { unbounded, type Identity } from './api/authentication/user.ts';
import type { ClusterControl, Context, Heartbeat, WatchCache } from './api/client.ts';
import { ApiError } from './api/errors.ts';
import { heartbeatOf } from './api/leases.ts';
import type { MetricsApi } from './api/metrics.ts';
import type { ResourceRegistry } from './api/resources/registry.ts';
import type { ApiServer } from './api/server.ts';
import { troubled } from './api/trouble.ts';
import type { KubeObject } from './api/types.ts';
import { Client, type Wire } from './client.ts';
import type { ClusterState } from './clusterstate.ts';
import type { AnyComponent } from './components.ts';
import type { ClusterConfig } from './config.ts';
import type { Kernel } from './kernel/kernel.ts';
import { type By, type EntryId, type Millis, type ProcessRecord, type Task } from './kernel/types.ts';
import type { MessageArgs, MessageKey } from './messages.ts';
import type { LatencyName } from './latency.ts';
import type { LatencyDraws } from './latencydraws.ts';
import type { LeaseKeeper } from './leasekeeper.ts';
import { MeasuredWorld } from './node/metrics.ts';
import type { World } from './node/world.ts';
import type { Subscriber, WatchHub } from './watchhub.ts';

/** The inside of a cluster, as its processes use it. */
export interface Inside {
  readonly kernel: Kernel;
  readonly state: ClusterState;
  readonly server: ApiServer;
  readonly resources: ResourceRegistry;
  readonly hub: WatchHub;
  readonly latencies: LatencyDraws;
  readonly leases: LeaseKeeper;
  readonly control: ClusterControl;
}

/** What the contexts of one life of a process share: its wire, its cache, its random stream. */
export class Life implements Wire {
  readonly inside: Inside;
  readonly record: ProcessRecord;
  readonly component: AnyComponent;
  readonly subscriber: Subscriber;
  readonly cache: WatchCache;
  /** As whom the API server knows it. */
  readonly identity: Identity;
  /** Its name in the history: one of several that could lead has the component's. */
  readonly actor: string;
  writes = 0;
  /** Requests, reads among them, without those of the event recorder. */
  calls = 0;
  eventCalls = 0;
  private stream: (() => number) | undefined;

  constructor(inside: Inside, record: ProcessRecord, component: AnyComponent) {
    this.inside = inside;
    this.record = record;
    this.component = component;
    this.subscriber = inside.hub.subscriber(record.name);
    this.cache = inside.hub.cacheOf(record.name);
    const user = component.user?.(record.args);
    this.identity = user === undefined ? unbounded(record.component) : { user };
    this.actor = record.args['server'] === undefined ? record.name : record.component;
  }

  reach(write: boolean): ApiServer {
    this.calls += 1;
    const { server, kernel, hub } = this.inside;
    if (!hub.reaches(this.subscriber))
      throw new ApiError('Unreachable', 'The connection to the server was lost');
    const { trouble } = server.state;
    const error =
      trouble === undefined ? undefined : troubled(trouble, write, () => kernel.randoms.next('api-trouble'));
    if (error !== undefined) throw error;
    if (write) this.writes += 1;
    return server;
  }

  random(): number {
    this.stream ??= this.inside.kernel.randoms.stream(this.record.name);
    return this.stream();
  }

  /** @param cause of what the process is about to do */
  context(cause: EntryId): ProcessContext {
    return new ProcessContext(this, this.actor, this.identity, cause);
  }
}

export class ProcessContext implements Context<World> {
  private readonly life: Life;
  private readonly actor: string;
  private readonly identity: Identity;
  private readonly cause: EntryId;
  /** Made when first asked for: a context is made for each controller of each change. */
  private who: By | undefined;
  private client: Client | undefined;

  constructor(life: Life, actor: string, identity: Identity, cause: EntryId) {
    this.life = life;
    this.actor = actor;
    this.identity = identity;
    this.cause = cause;
  }

  get by(): By {
    const { actor, cause } = this;
    const { user, groups } = this.identity;
    return (this.who ??= groups === undefined ? { actor, user, cause } : { actor, user, cause, groups });
  }

  get process(): string {
    return this.life.record.name;
  }

  get args(): Readonly<Record<string, string>> {
    return this.life.record.args;
  }

  get now(): Millis {
    return this.life.inside.kernel.now;
  }

  get api(): Client {
    return (this.client ??= new Client(this.life, this.by));
  }

  get cache(): WatchCache {
    return this.life.cache;
  }

  get world(): World {
    return this.life.inside.state.world;
  }

  get config(): ClusterConfig {
    return this.life.inside.state.config;
  }

  get metrics(): MetricsApi {
    const { state, kernel, control } = this.life.inside;
    return new MeasuredWorld({ world: state.world, control, now: kernel.now });
  }

  get resources(): ResourceRegistry {
    return this.life.inside.resources;
  }

  get control(): ClusterControl {
    return this.life.inside.control;
  }

  get writes(): number {
    return this.life.writes;
  }

  get calls(): number {
    return this.life.calls;
  }

  get eventCalls(): number {
    return this.life.eventCalls;
  }

  as(actor: string, cause: EntryId = this.cause, identity: Identity = this.identity): ProcessContext {
    return new ProcessContext(this.life, actor, identity, cause);
  }

  because(cause: EntryId): ProcessContext {
    return new ProcessContext(this.life, this.actor, this.identity, cause);
  }

  random(): number {
    return this.life.random();
  }

  randomInt(below: number): number {
    return Math.floor(this.life.random() * below);
  }

  latency(name: LatencyName): Millis {
    return this.life.inside.latencies.draw(name, this.process);
  }

  schedule(delayMs: Millis, task: Task, options?: { timeout?: boolean; cause?: EntryId }): number {
    return this.life.inside.kernel.schedule(
      this.life.record,
      delayMs,
      task,
      options?.cause ?? this.cause,
      options?.timeout ?? false,
    );
  }

  cancel(timer: number): void {
    this.life.inside.kernel.queue.cancel(timer);
  }

  event(
    about: KubeObject,
    type: 'Normal' | 'Warning',
    reason: string,
    message: string,
    options: { source?: string; fieldPath?: string } = {},
  ): void {
    const { inside, record } = this.life;
    if (!inside.hub.reaches(this.life.subscriber)) return;
    const { actor } = this;
    const { node } = record.args;
    const named = actor === record.name && node !== undefined ? record.component : actor;
    const draft = {
      about,
      type,
      reason,
      message,
      source: options.source ?? (named === 'kube-scheduler' ? 'default-scheduler' : named),
      ...(node === undefined ? {} : { host: node }),
      ...(options.fieldPath === undefined ? {} : { fieldPath: options.fieldPath }),
    };
    if (inside.server.recordEvent(draft, this.by)) this.life.eventCalls += 1;
  }

  renewLease(node: string, periodMs: Millis): void {
    this.life.inside.leases.begin(node, this.process, periodMs, this.by);
  }

  heartbeat(node: string): Heartbeat | undefined {
    return heartbeatOf(this.life.inside.server.state.leases.get(node), this.now);
  }

  note<K extends MessageKey>(key: K, args: MessageArgs<K>): EntryId {
    return this.life.inside.control.note(key, args, this.by);
  }
}
