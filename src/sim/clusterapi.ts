/** What a simulated cluster offers to the rooms above it. */
import type { Impersonation } from './api/authentication/impersonation.ts';
import type { UserInfo } from './api/authentication/user.ts';
import type { ApiClient, ClusterControl } from './api/client.ts';
import type { DynamicResource } from './api/resources/dynamic.ts';
import type { MetricsApi } from './api/metrics.ts';
import type { ResourceRegistry } from './api/resources/registry.ts';
import type { ClusterConfig } from './config.ts';
import type { HistoryEntry } from './kernel/history.ts';
import type { By, EntryId, Message, Millis, Task } from './kernel/types.ts';
import type { LatencyName } from './latency.ts';
import type { RunLimits } from './limits.ts';
import type { ConversionBehaviour } from './node/webhooks.ts';
import type { World } from './node/world.ts';

/** A machine, and the Node it registers as. */
export interface NodeOptions {
  name: string;
  /** Quantities; default 2 CPU, 4Gi, 110 pods. */
  cpu?: string;
  memory?: string;
  pods?: string;
  ephemeralStorage?: string;
  /** topology.kubernetes.io/zone; `zone-a` unless given; '': no such label. */
  zone?: string;
  labels?: Record<string, string>;
  taints?: { key: string; value?: string; effect: 'NoSchedule' | 'PreferNoSchedule' | 'NoExecute' }[];
  /** API server, etcd, controller manager and scheduler run on it, as static Pods. */
  controlPlane?: true;
}

/**
 * A running simulated cluster: construction boots it to the point where all nodes are Ready (virtual time
 * then is 0).
 */
export interface ClusterApi {
  readonly now: Millis;
  readonly config: ClusterConfig;
  /** What its API serves. */
  readonly resources: ResourceRegistry;
  /**
   * A client of a user, by his name or with all that is known of him, from outside the cluster; unless one is
   * given, the administrator's. `cause` of its writes: the current operation.
   */
  client(as?: string | UserInfo): ApiClient;
  /** Users with a certificate that the cluster's authority has signed, and their groups. */
  readonly users: ReadonlyMap<string, readonly string[]>;
  /** Whether a user's certificate has run out, so that the API server no longer knows him by it. */
  hasExpired(user: string): boolean;
  /** Signs a certificate for a user. */
  addUser(name: string, groups: readonly string[]): void;
  /** Whose bearer token it is; undefined: nobody's, or it counts no more. */
  authenticate(token: string): UserInfo | undefined;
  /** The user that somebody (absent: the operator) is to act as. @throws ApiError Forbidden */
  impersonate(as: UserInfo | undefined, wanted: Impersonation): UserInfo;
  /** The same cluster, operated by somebody else. */
  operatedBy(by: By): ClusterApi;
  /** Who the operator is, and the operation that he carries out. */
  readonly by: By;
  readonly world: World;
  /** What metrics-server and its like say. */
  readonly metrics: MetricsApi;
  readonly control: ClusterControl;
  /** Whether an API server answers and etcd takes writes. */
  readonly controlPlane: { readonly serverUp: boolean; readonly quorum: boolean };
  /** Entries kept, oldest first; `entry(id)` finds one. */
  readonly history: readonly HistoryEntry[];
  entry(id: EntryId): HistoryEntry | undefined;
  /** The chain of causes of an entry, from itself back to its root. */
  causes(id: EntryId): HistoryEntry[];
  /** Starts an operation: what follows is caused by it. */
  operation(key: string, args?: Message['args']): EntryId;
  /** Lets virtual time pass. @throws LimitError, as all that runs it, when it goes beyond its limits */
  pass(ms: Millis): void;
  /**
   * Runs event by event until `done()` holds (checked before each event and at the end) or `limitMs` has
   * passed; says whether it held.
   */
  runUntil(done: () => boolean, limitMs: Millis): boolean;
  /**
   * Runs until nothing but time-outs is pending; false after `limitMs`. `pending()` then says what keeps
   * moving.
   */
  settle(limitMs: Millis): boolean;
  pending(): { process: string; task: Task; at: Millis }[];
  /** When a process next has something to do, a delivery of its watch included; Infinity: nothing is due. */
  dueAt(process: string): Millis;
  /** The processes of a component with their state, in the order of their start; to be read, not changed. */
  processes(component: string): { name: string; state: unknown }[];
  addNode(node: NodeOptions): void;
  /** Says what the conversion webhook of a CustomResourceDefinition makes of its objects. */
  describeConversion(definition: string, behaviour: ConversionBehaviour): void;
  /**
   * The API serves a resource more from here on; what watches all resources (garbage collector, quotas)
   * watches it too. Part of the state: snapshots and forks carry it.
   * @throws Error when its name is taken, or its schema cannot be read
   */
  addResource(resource: DynamicResource, by?: By): void;
  /**
   * State of a process, to read; undefined while it is down. @throws Error when there is none of that name
   */
  processState(name: string): unknown;
  /**
   * An independent copy. With a seed, its random streams start anew from that seed; with limits, they are its
   * own.
   */
  fork(options?: { seed?: string | number; limits?: Partial<RunLimits> }): ClusterApi;
  /** From here on everything left to chance is drawn from this seed. */
  reseed(seed: string | number): void;
  /** Plain JSON; `Cluster.restore` takes it back. */
  snapshot(): string;
  /** Hash of the whole history so far, hex. */
  hash(): string;
  setLatency(name: LatencyName, bounds: readonly [number, number]): void;
  setConfig<K extends keyof ClusterConfig>(key: K, value: ClusterConfig[K]): void;
}
