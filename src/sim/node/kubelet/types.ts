/** The kubelet's state: plain data, lost when the kubelet dies. */
import type { Context } from '../../api/client.ts';
import type { TokenBucket } from '../../api/ratelimit.ts';
import type { ConfigMap, Container, Pod, PodStatus, Secret } from '../../api/types.ts';
import type { Millis } from '../../kernel/types.ts';
import type { NodeEnv } from '../env.ts';
import type { Reach } from '../reach.ts';
import type { RuntimeNotice } from '../notices.ts';
import type { ContainerOrder } from '../runtime.ts';
import type { Machine, World } from '../world.ts';
import type { BackOff } from './backoff.ts';
import type { ProbeKind, ProbeWorker } from './probeworker.ts';

export type KubeletTask =
  | RuntimeNotice
  /** Bring a pod nearer its spec. */
  | { readonly type: 'sync'; readonly uid: string }
  /** What the pod's worker was busy with is done. */
  | { readonly type: 'op'; readonly uid: string; readonly token: number }
  | { readonly type: 'probe'; readonly uid: string; readonly container: string; readonly kind: ProbeKind }
  /** A preStop hook of the container `id` is done, or its grace period is over. */
  | { readonly type: 'hookOver'; readonly uid: string; readonly id: string }
  /** A container has waited for its turn to stop for all of its grace period. */
  | { readonly type: 'turnOver'; readonly uid: string; readonly id: string }
  /** What ran of a pod when it was refused is stopped. */
  | { readonly type: 'evict'; readonly uid: string }
  /** A terminated pod's resources are reclaimed. */
  | { readonly type: 'finish'; readonly uid: string }
  | { readonly type: 'deadline'; readonly uid: string }
  /** A token in a volume of the pod's is to be asked for anew. */
  | { readonly type: 'tokensDue'; readonly uid: string }
  | { readonly type: 'nodeStatus' }
  | { readonly type: 'register' }
  | { readonly type: 'retryStatus' }
  /** The status manager may make a request again. */
  | { readonly type: 'flushStatus' }
  | { readonly type: 'housekeeping' }
  /** Files of static Pods came or went. */
  | { readonly type: 'filesChanged' }
  | { readonly type: 'runtimeChanged' }
  | { readonly type: 'runtimeLost' }
  | { readonly type: 'resourcesChanged' }
  | { readonly type: 'evictionCheck' }
  | { readonly type: 'pressureOver'; readonly signal: PressureSignal }
  | { readonly type: 'shutdown'; readonly then: 'off' | 'reboot'; readonly bootMs?: Millis }
  | { readonly type: 'shutdownPhase'; readonly phase: number };

/** An image that a container cannot start without: its own, or that of a volume it mounts. */
export interface WantedImage {
  readonly container: string;
  readonly image: string;
  readonly policy: string;
  /** The volume that shows it. */
  readonly volume?: string;
}

/** Why a pull came to nothing, as a gRPC status: there is no such image, or no registry answers. */
export type PullFailure = 'NotFound' | 'DeadlineExceeded';

/** What of a container is not in the pod's spec alone. */
export type ContainerConfiguration = Pick<ContainerOrder, 'mounts' | 'environment'>;

/** What a pod's worker is busy with; it does one thing at a time, as upstream's goroutine a pod does. */
export type Op =
  | { readonly kind: 'sandbox' }
  | {
      readonly kind: 'pull';
      readonly wanted: WantedImage;
      readonly startedAt: Millis;
      readonly beganAt: Millis;
      readonly failure: PullFailure | undefined;
    }
  | { readonly kind: 'start'; readonly container: string; readonly configuration: ContainerConfiguration }
  | { readonly kind: 'postStart'; readonly container: string; readonly failure: string }
  /** Waits until the named containers have stopped; `pod`: they are all that ran of it. */
  | { readonly kind: 'kill'; readonly containers: readonly string[]; readonly pod?: true };

export interface Waiting {
  readonly reason: string;
  readonly message: string;
}

/** Why the kubelet does not take a pod. */
export interface Refusal {
  readonly reason: string;
  readonly message: string;
}

/** Why a pod ends other than by its containers' own doing. */
export interface FinalWord {
  readonly reason: string;
  readonly message: string;
  /**
   * When it counts for the conditions: at once (generateAPIPodStatus asks whether the pod is to be evicted),
   * or once the containers have ended (killPod adds it to a status that is there already).
   */
  readonly counts: 'atOnce' | 'whenEnded';
  /** Adds the condition DisruptionTarget with reason TerminationByKubelet. */
  readonly disruption: boolean;
}

/** A container that is being stopped. */
export interface Stopping {
  readonly container: string;
  /** Stops in its turn among the pod's containers. */
  readonly ordered: boolean;
  /** Of the grace period, from the end of its hook on. */
  leftMs: Millis;
  /** Since when it waits for its turn; NEVER: it does not. */
  waitsSince: Millis;
  /** The runtime was asked to stop it. */
  signalled?: true;
  /** The preStop hook that runs. */
  hook?: {
    readonly beganAt: Millis;
    readonly endsAt: Millis;
    readonly failed: boolean;
    /** It runs in the container, and ends with it. */
    readonly inContainer: boolean;
  };
}

/** A token before it is signed, and when it was had. */
interface Held {
  readonly unsigned: string;
  readonly issuedAt: Millis;
}

/** A pod's tokens, by volume and path: `api-access/token`. */
export type Tokens = Map<string, Held>;

/** What the volume manager knows of a pod's volumes. */
export interface PodVolumes {
  /** Names of those that are there. */
  readonly mounted: string[];
  /** Of those that could not be had, when they are tried again. */
  readonly failing: Map<string, BackOff>;
  /** What they show of the API may be outdated. */
  stale: boolean;
  /** The tokens of service accounts in them. */
  readonly tokens: Tokens;
  /** When the first of them is to be asked for anew; NEVER: there is none. */
  tokensDueAt: Millis;
}

/** Requests and limits of a container. */
export type Resources = NonNullable<Container['resources']>;

/** What a Pod was given, since it asks for other resources than at its start. */
export interface Allocation {
  /** By container. */
  readonly resources: ReadonlyMap<string, Resources>;
  /** The condition that says how far it has come; undefined: the Pod has what it asks for. */
  state:
    | {
        readonly type: 'PodResizePending' | 'PodResizeInProgress';
        readonly reason?: 'Deferred' | 'Infeasible';
        readonly message?: string;
      }
    | undefined;
}

export interface PodWorker {
  readonly uid: string;
  pod: Pod;
  stage: 'syncing' | 'terminating' | 'terminated';
  /** The object is gone from the API. */
  gone: boolean;
  startTime: string;
  /** Status as this kubelet last generated it. */
  status: PodStatus | undefined;
  /** The Pod whose status the API server last returned to this kubelet. */
  written: Pod | undefined;
  /** A write is still due. */
  unwritten: boolean;
  op: Op | undefined;
  /** Timers of earlier ops carry an older token. */
  opToken: number;
  /** Something changed while the worker was busy. */
  again: boolean;
  /** Containers handled in the sync under way. */
  tried: string[];
  /** The earliest end of a back-off met in the sync under way; NEVER: none. */
  wakeAt: Millis;
  wakeTimer: number;
  /** Why containers could not be started, by container. */
  waiting: Map<string, Waiting>;
  crashBackOff: Map<string, BackOff>;
  /** Until when a container whose configuration is incomplete is not tried again, by container. */
  configRetryAt: Map<string, Millis>;
  /** Of its volumes; undefined until the pod is synced for the first time, and where it has none. */
  volumes: PodVolumes | undefined;
  probes: ProbeWorker[];
  probesMade: boolean;
  final: FinalWord | undefined;
  /** The kubelet did not take the pod. */
  refusal: Refusal | undefined;
  /** Containers on their way out, by runtime id. */
  stopping: Map<string, Stopping>;
  graceMs: Millis;
  killedAt: Millis;
  /**
   * When a terminated pod's resources are reclaimed; NEVER until it is terminated. Before, the API's object
   * stays.
   */
  cleanupAt: Millis;
  /** Requests, for admission: milli CPU, bytes. */
  cpuMilli: number;
  memoryBytes: number;
  /** Undefined while it was never resized. */
  allocation: Allocation | undefined;
}

/** What the eviction manager watches. */
export type PressureSignal = 'memory' | 'disk' | 'pids';

export interface KubeletState {
  readonly node: string;
  readonly startedAt: Millis;
  registered: boolean;
  /** The API server has told which pods are bound here, since this kubelet started. */
  podsKnown: boolean;
  /** Phase of the node status's update period. */
  nodeStatusPhaseMs: Millis;
  /** When a node status update is due; NEVER: none. */
  nodeStatusAt: Millis;
  retryTimer: number;
  /** Of its client; heartbeats and events go by others. */
  readonly bucket: TokenBucket;
  /** Statuses wait for leave to be written. */
  flushDue: boolean;
  workers: Map<string, PodWorker>;
  /** ConfigMaps and Secrets as they were last read, by `kind/namespace/name`. */
  sources: Map<string, ConfigMap | Secret>;
  /** Disks that pods wait for, by pod uid, as the node's status calls them. */
  awaited: Map<string, string[]>;
  /** Of which the API server could not be asked when they were last wanted. */
  unread: Set<string>;
  /** By pod uid and image. */
  pullBackOff: Map<string, BackOff & { readonly failure: PullFailure }>;
  /** The runtime has been down for long enough to say so. */
  runtimeLost: boolean;
  shuttingDown: boolean;
  /** What the node is short of, as its conditions say. */
  pressure: Record<PressureSignal, boolean>;
  evictionTimer: number;
  shutdown: { readonly then: 'off' | 'reboot'; readonly bootMs?: Millis; phase: number } | undefined;
}

/** What the kubelet's functions work with during one task. */
export interface Kubelet {
  readonly ctx: Context<World>;
  readonly state: KubeletState;
  readonly machine: Machine;
  readonly env: NodeEnv;
  /** How what is executed in containers reaches the network. */
  readonly reach: Reach;
}
