/**
 * What a process sees of the cluster: its client, its cache, its clock and its random stream, all bound to
 * one actor and one cause.
 */
import type {
  ApiClient,
  ClusterControl,
  Context,
  DeleteOptions,
  Draft,
  Heartbeat,
  ListOptions,
  PatchType,
  WatchCache,
} from './api/client.ts';
import { ApiError } from './api/errors.ts';
import { heartbeatOf } from './api/leases.ts';
import { troubled } from './api/trouble.ts';
import type { ApiServer } from './api/server.ts';
import type { Kind, KindMap, KubeObject } from './api/types.ts';
import type { ClusterConfig } from './config.ts';
import type { Kernel } from './kernel/kernel.ts';
import type { EntryId, Millis, ProcessRecord, Task } from './kernel/types.ts';
import type { LatencyName } from './latency.ts';
import type { World } from './node/world.ts';

/** What contexts need of the cluster they belong to. */
export interface ContextHost {
  readonly kernel: Kernel;
  readonly server: ApiServer;
  readonly world: World;
  readonly config: ClusterConfig;
  /** Under whose name, and because of what, writes are being made. */
  actor: string;
  cause: EntryId;
  reachable(process: string): boolean;
  cacheOf(process: string): WatchCache;
  latency(name: LatencyName, stream: string): Millis;
  renewLease(node: string, process: string, periodMs: Millis): void;
  control(owner: Actor): ClusterControl;
}

/** Somebody who acts: a name for the history and the cause of what he does. */
export interface Actor {
  readonly actor: string;
  cause: EntryId;
}

/** The API as one actor reaches it. `process` undefined: from outside the cluster, over no simulated wire. */
export class Client implements ApiClient {
  protected readonly host: ContextHost;
  private readonly owner: Actor;
  private readonly process: string | undefined;
  private readonly user: string;
  writes = 0;

  constructor(host: ContextHost, owner: Actor, process: string | undefined, user: string) {
    this.host = host;
    this.owner = owner;
    this.process = process;
    this.user = user;
  }

  private reach(write = false): ApiServer {
    const { host } = this;
    if (this.process === undefined) return host.server;
    if (!host.reachable(this.process))
      throw new ApiError('Unreachable', 'The connection to the server was lost');
    const { trouble } = host.server.state;
    const error =
      trouble === undefined
        ? undefined
        : troubled(trouble, write, () => host.kernel.randoms.next('api-trouble'));
    if (error !== undefined) throw error;
    return host.server;
  }

  private forWrite(): ApiServer {
    const server = this.reach(true);
    this.host.actor = this.owner.actor;
    this.host.cause = this.owner.cause;
    this.writes += 1;
    return server;
  }

  get<K extends Kind>(kind: K, namespace: string, name: string): KindMap[K] {
    return this.reach().get(kind, namespace, name);
  }

  find<K extends Kind>(kind: K, namespace: string, name: string): KindMap[K] | undefined {
    return this.reach().find(kind, namespace, name);
  }

  list<K extends Kind>(kind: K, options?: ListOptions): KindMap[K][] {
    return this.reach().list(kind, options);
  }

  create<T extends KubeObject>(draft: Draft<T>): T {
    return this.forWrite().create(draft, this.user);
  }

  update<T extends KubeObject>(object: T): T {
    return this.forWrite().update(object, this.user);
  }

  updateStatus<T extends KubeObject>(object: T): T {
    return this.forWrite().update(object, this.user, 'status');
  }

  patch<K extends Kind>(
    kind: K,
    namespace: string,
    name: string,
    type: PatchType,
    patch: unknown,
    options?: { subresource?: 'status' },
  ): KindMap[K] {
    return this.forWrite().patch(kind, namespace, name, type, patch, this.user, options?.subresource ?? '');
  }

  delete<K extends Kind>(kind: K, namespace: string, name: string, options: DeleteOptions = {}): KindMap[K] {
    return this.forWrite().delete(kind, namespace, name, options, this.user);
  }

  bind(namespace: string, pod: string, uid: string, node: string): void {
    this.forWrite().bind(namespace, pod, uid, node);
  }

  evict(namespace: string, pod: string, options: DeleteOptions = {}): void {
    this.forWrite().evict(namespace, pod, options, this.user);
  }

  scale(
    kind: 'Deployment' | 'ReplicaSet' | 'StatefulSet',
    namespace: string,
    name: string,
    replicas: number,
  ): void {
    this.forWrite().scale(kind, namespace, name, replicas, this.user);
  }
}

export class ProcessContext implements Context<World>, Actor {
  readonly actor: string;
  readonly process: string;
  readonly args: Readonly<Record<string, string>>;
  readonly api: Client;
  readonly cache: WatchCache;
  cause: EntryId = 0;
  private readonly host: ContextHost;
  private readonly record: ProcessRecord;
  private stream: (() => number) | undefined;
  private others: Map<string, ProcessContext> | undefined;
  private steering: ClusterControl | undefined;

  constructor(
    host: ContextHost,
    record: ProcessRecord,
    actor: string,
    cache: WatchCache = host.cacheOf(record.name),
  ) {
    this.host = host;
    this.record = record;
    this.actor = actor;
    this.process = record.name;
    this.args = record.args;
    this.api = new Client(host, this, record.name, `system:${record.component}`);
    this.cache = cache;
  }

  get now(): Millis {
    return this.host.kernel.now;
  }

  get world(): World {
    return this.host.world;
  }

  get config(): ClusterConfig {
    return this.host.config;
  }

  get control(): ClusterControl {
    return (this.steering ??= this.host.control(this));
  }

  get writes(): number {
    return this.api.writes;
  }

  as(actor: string): ProcessContext {
    this.others ??= new Map();
    let other = this.others.get(actor);
    if (other === undefined)
      this.others.set(actor, (other = new ProcessContext(this.host, this.record, actor, this.cache)));
    other.cause = this.cause;
    return other;
  }

  random(): number {
    this.stream ??= this.host.kernel.randoms.stream(this.process);
    return this.stream();
  }

  randomInt(below: number): number {
    return Math.floor(this.random() * below);
  }

  latency(name: LatencyName): Millis {
    return this.host.latency(name, this.process);
  }

  schedule(delayMs: Millis, task: Task, options?: { timeout?: boolean; cause?: EntryId }): number {
    return this.host.kernel.schedule(
      this.record,
      delayMs,
      task,
      options?.cause ?? this.cause,
      options?.timeout ?? false,
    );
  }

  cancel(timer: number): void {
    this.host.kernel.queue.cancel(timer);
  }

  event(
    about: KubeObject,
    type: 'Normal' | 'Warning',
    reason: string,
    message: string,
    options: { source?: string; fieldPath?: string } = {},
  ): void {
    const { host } = this;
    if (!host.reachable(this.process)) return;
    host.actor = this.actor;
    host.cause = this.cause;
    const node = this.args['node'];
    const named = this.actor === this.process && node !== undefined ? this.record.component : this.actor;
    host.server.recordEvent({
      about,
      type,
      reason,
      message,
      source: options.source ?? (named === 'kube-scheduler' ? 'default-scheduler' : named),
      ...(node === undefined ? {} : { host: node }),
      ...(options.fieldPath === undefined ? {} : { fieldPath: options.fieldPath }),
    });
  }

  renewLease(node: string, periodMs: Millis): void {
    this.host.actor = this.actor;
    this.host.cause = this.cause;
    this.host.renewLease(node, this.process, periodMs);
  }

  heartbeat(node: string): Heartbeat | undefined {
    return heartbeatOf(this.host.server.state.leases.get(node), this.now);
  }

  note(what: string, detail: Readonly<Record<string, unknown>> = {}): EntryId {
    return this.host.kernel.record({ type: 'world', by: this.actor, cause: this.cause, what, detail });
  }
}
