/** What a process may do with the API, and the cache through which it sees it. */
import type { ProgramCall, ProgramOutcome } from './clientprogram.ts';
import type { HttpAnswer, HttpRequest } from './httprequest.ts';
import type {
  By,
  Component as KernelComponent,
  EntryId,
  KernelContext,
  Millis,
  ProcessControl,
  Task,
} from '../kernel/types.ts';
import type { ApiChange } from '../kernel/history.ts';
import type { MessageArgs, MessageKey } from '../messages.ts';
import type { ClusterConfig } from '../config.ts';
import type { LatencyName, SettingName } from '../latency.ts';
import type { RequestOptions } from './caller.ts';
import type { IssuedToken, TokenRequest } from './authentication/tokens.ts';
import type { Identity } from './authentication/user.ts';
import type { Attributes, Decision } from './authorization/attributes.ts';
import type { Rights } from './authorization/policy.ts';
import type { ConnectedSubresource, ConnectOptions } from './connectoptions.ts';
import type { ControlPlane } from './controlplane.ts';
import type { MetricsApi } from './metrics.ts';
import type { MetricsApiState } from './metricsservice.ts';
import type { ResourceRegistry } from './resources/registry.ts';
import type { Trouble } from './trouble.ts';
import type { KindMap, KubeObject, LabelSelector, Namespace, ObjectOf, Pod, ResourceName } from './types.ts';
import type { PatchType } from './patchtype.ts';
import type { PodSubresource } from './strategy/podsubresources.ts';

export interface ListOptions {
  /** Absent: all namespaces. */
  namespace?: string;
  /** `a=b,c in (d)`, or the structured form. */
  labelSelector?: string | LabelSelector;
  /** `metadata.name=x,spec.nodeName=y`. */
  fieldSelector?: string;
}

export interface ApplyOptions {
  readonly manager: string;
  /** Takes fields from their managers. */
  readonly force: boolean;
  /** A manager whose updates count as the manager's own applies from here on. */
  readonly takesOver?: string;
  /** Of which the configuration is; absent: of the object itself. */
  readonly subresource?: '' | 'status' | PodSubresource;
}

export type PropagationPolicy = 'Background' | 'Foreground' | 'Orphan';

export interface DeleteOptions {
  gracePeriodSeconds?: number;
  propagationPolicy?: PropagationPolicy;
  preconditions?: { uid?: string; resourceVersion?: string };
}

/** An object on its way to the API server: `metadata` need hold little, the server completes it. */
export type Draft<T extends KubeObject = KubeObject> = Omit<T, 'metadata' | 'status'> & {
  metadata: Partial<T['metadata']>;
  status?: unknown;
};

/**
 * The verbs of the API server, synchronous. Every call that cannot be carried out throws `ApiError`
 * (`Unreachable` when the server cannot be reached from this process). Namespace is '' for cluster-scoped
 * resources.
 */
export interface ApiClient {
  /** The same client, whose requests are made in this way. */
  using(options: RequestOptions): ApiClient;
  /** @param subresource `scale`: what of the object its scale is made of, for who may read no more of it */
  get<R extends ResourceName>(
    resource: R,
    namespace: string,
    name: string,
    subresource?: '' | 'scale',
  ): ObjectOf<R>;
  /** As `get`, undefined in place of NotFound. */
  find<R extends ResourceName>(resource: R, namespace: string, name: string): ObjectOf<R> | undefined;
  /** Sorted by namespace, then name, as etcd's keys are. */
  list<R extends ResourceName>(resource: R, options?: ListOptions): ObjectOf<R>[];
  create<T extends KubeObject>(draft: Draft<T>): T;
  /**
   * Full update; `resourceVersion` in metadata is checked when given. Status is left alone where it is a
   * subresource.
   */
  update<T extends KubeObject>(object: T): T;
  updateStatus<T extends KubeObject>(object: T): T;
  /** certificatesigningrequests/approval. */
  updateApproval<T extends KubeObject>(object: T): T;
  /** pods/resize, pods/ephemeralcontainers. */
  updatePart(pod: Pod, part: PodSubresource): Pod;
  patch<R extends ResourceName>(
    resource: R,
    namespace: string,
    name: string,
    type: PatchType,
    patch: unknown,
    options?: { subresource?: 'status' | PodSubresource },
  ): ObjectOf<R>;
  /**
   * Applies a configuration on the server's side: what it says becomes the manager's, and what he no longer
   * says goes unless somebody else has it. @throws ApiError Conflict where fields have other managers
   */
  apply<R extends ResourceName>(
    resource: R,
    namespace: string,
    name: string,
    config: KubeObject,
    options: ApplyOptions,
  ): ObjectOf<R>;
  /** The object as left by the delete: gone, or marked with deletionTimestamp. */
  delete<R extends ResourceName>(
    resource: R,
    namespace: string,
    name: string,
    options?: DeleteOptions,
  ): ObjectOf<R>;
  /** pods/binding. */
  bind(namespace: string, pod: string, uid: string, node: string): void;
  /** pods/eviction; throws TooManyRequests when a budget refuses. */
  evict(namespace: string, pod: string, options?: DeleteOptions): void;
  /**
   * namespaces/finalize: sets `spec.finalizers`, which no other verb changes. The namespace controller's
   * last act.
   */
  finalize(namespace: Namespace): Namespace;
  /** deployments/scale and its kin. */
  scale(resource: ResourceName, namespace: string, name: string, replicas: number): void;
  /** serviceaccounts/token: a token of an account, which is nowhere kept. */
  requestToken(namespace: string, account: string, request: TokenRequest): IssuedToken;
  /** Who asks. */
  readonly by: By;
  /** A request for what is not stored gets through to the server. @throws ApiError Unreachable, Forbidden */
  visit(request: Attributes): void;
  /** What he may do by roles, everywhere and in a namespace. */
  rights(namespace: string): Rights;
  /** Whether the server would let a request through; it is not made. */
  may(request: Attributes): Decision;
  /**
   * pods/exec, pods/log and their kin: the server lets the client through to the kubelet, or throws
   * Forbidden. What comes of it is between the two.
   */
  connect(verb: string, resource: ResourceName, namespace: string, name: string, subresource: string): void;
  /**
   * As `connect`, once webhooks and policies are asked too. @returns the options as they leave them
   * @throws ApiError where one refuses
   */
  connectBy(
    verb: string,
    resource: 'Pod' | 'Service' | 'Node',
    namespace: string,
    name: string,
    subresource: ConnectedSubresource,
    options: ConnectOptions,
  ): ConnectOptions;
}

/**
 * A process's own view of the API, a seeded delay behind it. Objects are the stored ones: never change them.
 */
export interface WatchCache {
  get<R extends ResourceName>(resource: R, namespace: string, name: string): ObjectOf<R> | undefined;
  /** In an order that is the same in every run (insertion); sort where order matters. */
  list<R extends ResourceName>(resource: R, namespace?: string): ObjectOf<R>[];
  count(resource: ResourceName): number;
  /**
   * Objects whose controller owner reference has this uid (Pod, ReplicaSet, ControllerRevision); '' for those
   * without one.
   */
  controlledBy<K extends 'Pod' | 'ReplicaSet' | 'ControllerRevision'>(
    kind: K,
    ownerUid: string,
    namespace?: string,
  ): KindMap[K][];
  podsOnNode(node: string): Pod[];
}

/** A change as a process's watch delivers it. */
export interface WatchEvent<T extends KubeObject = KubeObject> {
  readonly type: 'ADDED' | 'MODIFIED' | 'DELETED';
  /** The group resource, by which kinds of one name are told apart. */
  readonly resource: string;
  readonly kind: string;
  /** The new value; for DELETED the last one. */
  readonly object: T;
  /** What this process's cache held before; undefined for ADDED. */
  readonly old: T | undefined;
  /** The change in the history, for causes. */
  readonly entry: EntryId;
}

/** Which changes a process watches; `node` narrows Pod to those bound to it and Node to itself. */
export interface WatchSpec {
  readonly kinds: readonly ResourceName[];
  readonly node?: string;
}

/** A kubelet's renewals of its node's Lease, which are not events while they go on: readers compute them. */
export interface Heartbeat {
  /** When the Lease was last renewed. */
  readonly last: Millis;
  /**
   * Whether renewals go on; when they stop or resume, the Lease object is written, so that watchers of Lease
   * notice.
   */
  readonly renewing: boolean;
  /** The history's entry of the Lease's last write: why it is silent, or that it no longer is. */
  readonly entry?: EntryId;
}

/** Steering of a cluster's processes, and of what is wrong with its API server. */
/** A server behind an APIService that was reached. */
export interface Extension {
  readonly serves: ResourceRegistry;
  /** Of its last write. */
  readonly revision: number;
  /** Its last writes, oldest first. */
  readonly writes: readonly ApiChange[];
  /** Of somebody who may ask it. @throws ApiError where it cannot tell whether he may */
  client(by: By): ApiClient;
}

export interface ClusterControl extends ProcessControl {
  readonly trouble: Trouble;
  /** Whether a fault keeps the server behind an APIService from answering. */
  isApiDead(apiService: string): boolean;
  /** Whether metrics-server answers, whatever is said of it. */
  isMeasuring(): boolean;
  /** What becomes of a request for metrics. */
  metricsApi(): MetricsApiState;
  /**
   * What is behind an APIService, asked now; undefined: nobody knows what the program there serves.
   * @param apiService its name
   */
  behind(apiService: string): Extension | { readonly failed: string } | undefined;
  /** Whether somebody has asked for APIServices, so that those from the beginning are in the store. */
  knowsApiServices(): boolean;
  /** A request over HTTP; undefined: nobody listens. @param by as whom, its token says */
  askApi(request: HttpRequest, by: By): HttpAnswer | undefined;
  /** What a program does that parts hand in; undefined: they have none of the name. @param by who runs it */
  runProgram(name: string, call: ProgramCall, by: By): ProgramOutcome | undefined;
  /** The Events whose leases have run out go. */
  expireEvents(): void;
  /** Where control plane nodes run it: who leads, who serves, who is connected to whom. */
  readonly plane: ControlPlane | undefined;
  /** What is due for it. */
  doForPlane(task: Task, by: By): void;
}

export interface Context<W = unknown> extends KernelContext {
  readonly api: ApiClient;
  readonly cache: WatchCache;
  readonly world: W;
  readonly config: ClusterConfig;
  /** What metrics-server and its like say. */
  readonly metrics: MetricsApi;
  /** What the API serves. */
  readonly resources: ResourceRegistry;
  /** Draws from a named latency distribution, in ms. */
  latency(name: LatencyName): Millis;
  /**
   * Records an Event about an object, aggregated as client-go's recorder does; never throws. `source`
   * defaults to the component's name.
   */
  event(
    about: KubeObject,
    type: 'Normal' | 'Warning',
    reason: string,
    message: string,
    options?: { source?: string; fieldPath?: string },
  ): void;
  /**
   * For kubelets: the Lease of this node is renewed from now on every `periodMs`, until this process dies or
   * cannot reach the API server (then the server writes the Lease with the last renewal); when it can again,
   * renewals resume by themselves.
   */
  renewLease(node: string, periodMs: Millis): void;
  /**
   * For the node life cycle controller: what its cache knows of a node's Lease; undefined when there is none.
   */
  heartbeat(node: string): Heartbeat | undefined;
  /** Steers processes (for machine and kubelet code). */
  readonly control: ClusterControl;
  /** How many writes this process has made, for pacing. */
  readonly writes: number;
  /** How many requests, reads among them; those of its event recorder apart. */
  readonly calls: number;
  readonly eventCalls: number;
  /**
   * The same process acting under another name in the history and as source of events: a controller of the
   * controller manager; because of the entry given, or of the same; as another user, where one is given.
   */
  as(actor: string, cause?: EntryId, identity?: Identity): Context<W>;
  /** The same, because of another entry. */
  because(cause: EntryId): Context<W>;
  /**
   * Adds an entry about the physical world, or a note of why, to the history; returns its id to use as a
   * cause.
   */
  note<K extends MessageKey>(key: K, args: MessageArgs<K>): EntryId;
}

/**
 * A component that talks to the API. `observe` runs when its watch delivers a change, after the cache has
 * taken it in.
 */
export interface ApiComponent<S, T extends Task = Task, W = unknown>
  extends KernelComponent<S, T, Context<W>> {
  /** The user as whom an instance talks to the API; absent: one who may do everything. */
  user?(args: Readonly<Record<string, string>>): string;
  watches(args: Readonly<Record<string, string>>, resources: ResourceRegistry): readonly WatchSpec[];
  observe?(event: WatchEvent, state: S, ctx: Context<W>): void;
  /**
   * The process reaches the API server again after it could not; its cache has been brought up to date and
   * `observe` called for each difference.
   */
  reconnected?(state: S, ctx: Context<W>): void;
  /** What the process does at last when it ends by itself. @param asked it was told to, and had the time */
  ended?(state: S, ctx: Context<W>, asked: boolean): void;
  /** A setting or a latency has another value: what was derived from the old one is derived anew. */
  reconfigured?(setting: SettingName, state: S, ctx: Context<W>): void;
}
