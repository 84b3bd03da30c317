/**
 * The physical world: machines, what runs on them, the images they pull, the wires between them. Plain data.
 */
import type { HostPort } from '../api/hostports.ts';
import type { Selector } from '../api/selector.ts';
import type {
  EndpointSlice,
  Ingress,
  IngressClass,
  KubeObject,
  NetworkPolicy,
  Pod,
  Service,
} from '../api/types.ts';
import { Cells, Table } from '../kernel/fork.ts';
import type { ApiChange } from '../kernel/history.ts';
import type { EntryId, Millis } from '../kernel/types.ts';
import type { ApiWork } from './apiwork.ts';
import type { FileTree } from './files/tree.ts';
import type { Resolver } from './resolver.ts';
import type { ShellState } from './shell/state.ts';
import type { WebhookBehaviour, Webhooks } from './webhooks.ts';

/**
 * Stands where a time would stand, for what has not happened or is not due (virtual time may be negative
 * while a cluster boots).
 */
export const NEVER: Millis = -1e12;

/** Where a container says why it ends, unless its spec says otherwise (terminationMessagePath). */
export const DEFAULT_MESSAGE_PATH = '/dev/termination-log';

/** What an image answers on an HTTP path: the content of a file, or a status after a time. */
export type HttpAnswer =
  | string
  | {
      readonly status: number;
      readonly afterMs?: Millis;
      readonly body?: string;
      /**
       * What stands behind the body: the Pod's name, what was asked for, who asks, the time, or the query's
       * `msg`, with its `code` for a status.
       */
      readonly says?: 'hostname' | 'path' | 'client' | 'time' | 'message';
      /** What is answered follows from what its program remembers, or is told by others: its `acts`. */
      readonly acts?: true;
    };

/** What a program does about requests that it is to act on (`network/acts.ts`). */
export type Acts =
  /** agnhost's netexec: it asks others for who asks it to. */
  | { readonly kind: 'netexec' }
  /** agnhost's nettest: it keeps who wrote to it. */
  | { readonly kind: 'nettest' }
  /** agnhost's guestbook: it keeps what is set, and passes it on to its replicas. */
  | {
      readonly kind: 'guestbook';
      readonly httpPort: number;
      readonly backendPort: number;
      /** The name of what it is a replica of. */
      readonly replicaOf?: string;
    };

/** What a program that acts remembers of requests, for as long as its process lives. */
export interface Remembered {
  /** By who wrote: how often. */
  readonly received?: Readonly<Record<string, number>>;
  readonly errors?: readonly string[];
  readonly entries?: Readonly<Record<string, string>>;
  readonly kept?: KeptObjects;
}

/** What an etcd keeps of the API server that writes to it. Frozen, so that forks share it. */
export interface KeptObjects {
  readonly revision: number;
  readonly objects: readonly KubeObject[];
  /** The last writes, oldest first. */
  readonly writes: readonly ApiChange[];
}

/** How an API server was started that is behind an APIService. */
export interface ExtensionProgram {
  /** `http://127.0.0.1:2379` */
  readonly etcd: string;
  /** What it was given to show, in PEM; '': it shows one of its own making. */
  readonly certificate: string;
}

/** Whose form the lines have that a server writes of each request. */
export type AccessLog = 'nginx' | 'httpd' | 'netexec';

/** Paths of a server's logs. */
export interface LogFiles {
  readonly access: string;
  readonly error: string;
}

/**
 * What a container of an image does (VOCABULARY, *Images*); absent keys mean a server that starts in about a
 * second and runs on.
 */
export interface ImageBehaviour {
  /** Pull time in ms, or missing from every registry. */
  pullMs?: Millis | 'missing';
  /** From process start until it listens. */
  startupMs?: Millis;
  /** Ports it listens on; absent: those that the container declares and that its probes ask. */
  listens?: readonly number[];
  /** Path to content, in the image's layer. */
  files?: Readonly<Record<string, string>>;
  /**
   * HTTP path to a file path, or to a status and a time to answer; absent, with `root`: every path answers
   * 200.
   */
  http?: Readonly<Record<string, HttpAnswer>>;
  /** It speaks no HTTP: it closes the connection of who does. */
  speaksHttp?: false;
  /** Before it closes the connection of who speaks HTTP it says something in a protocol of its own. */
  greets?: true;
  /** The directory whose files answer paths that `http` does not name. */
  root?: string;
  /** Of directories without an index page, what is in them is answered. */
  lists?: true;
  /** After this time, HTTP paths answer otherwise. */
  turns?: { readonly afterMs: Millis; readonly http: Readonly<Record<string, HttpAnswer>> };
  /** With which code it ends where it is asked to; absent: 0. */
  stopCode?: number;
  /** It is the program behind admission webhooks: what they answer, by path. */
  webhooks?: Readonly<Record<string, WebhookBehaviour>>;
  /** It is the program behind a conversion webhook: what it converts is `images/agnhostconverter.ts`'s. */
  converts?: true;
  /** It is a sample API server, for an APIService: what it serves is `network/extensions/wardle.ts`'s. */
  extends?: ExtensionProgram;
  /** It is an etcd: API servers keep their objects in it. */
  keepsObjects?: true;
  /** What it answers whatever is asked for, by port. */
  bodies?: Readonly<Record<number, string>>;
  /** A port on which it answers datagrams, as netexec does. */
  datagrams?: number;
  /** What it does about the paths of `http` that it acts on. */
  acts?: Acts;
  memory?: string | { start: string; grow: string; perMs: Millis };
  cpu?: string | { perRequest: string };
  exits?: { afterMs: Millis; code: number };
  /** What it does through the API, as its pod's service account; then it ends, unless it is said to go on. */
  calls?: ApiWork;
  ignoresSigterm?: boolean;
  /**
   * The image's STOPSIGNAL, where it is not TERM: told so, its program takes no more connections, answers
   * what it has accepted, and ends.
   */
  stopSignal?: 'QUIT' | 'WINCH' | 'INT' | 'USR1';
  /** How long it goes on where it is told to end. */
  lameDuckMs?: Millis;
  logs?: readonly string[];
  accessLog?: AccessLog;
  /** It is CoreDNS: it answers for names on port 53. */
  answersNames?: true;
  /** It routes requests by Gateways and their routes. */
  gateway?: GatewayController;
  /** It routes requests by Ingresses. */
  ingress?: IngressController;
  /** Where it writes of requests and errors instead of the container's output. */
  logFiles?: LogFiles;
  /**
   * The image has no program of its own that stays: it runs the container's command as a shell would
   * (busybox).
   */
  shell?: boolean;
  /** Nobody described the program: what it does is assumed. */
  assumed?: boolean;
  /** It is a part of the cluster itself: this process, `NAME@NODE`, runs while it does. */
  process?: { readonly name: string; readonly component: string };
}

/** Which Ingresses a controller of ingress-nginx' kind takes for its own, and how it was started. */
export interface IngressController {
  /** Of IngressClasses: their controller. */
  readonly controllerClass: string;
  /** The value of the annotation kubernetes.io/ingress.class. */
  readonly annotationClass: string;
  /** Those that name no class. */
  readonly withoutClass: boolean;
  /** Those of the IngressClass that is called as the annotation's value, whoever its controller. */
  readonly byName: boolean;
  /** `namespace/name` of the Service whose addresses Ingresses are said to have. */
  readonly publishService?: string;
  /** In place of that Service's: addresses, parted by commas. */
  readonly statusAddress?: string;
  /** `namespace/name` of the Service that answers what no rule is for. */
  readonly defaultBackend?: string;
  readonly httpPort: number;
  readonly httpsPort: number;
}

/** Which Gateways a controller takes for its own. */
export interface GatewayController {
  /** Of GatewayClasses: their controller. */
  readonly controllerName: string;
  /** The name of the Service, beside its Pods, whose addresses Gateways have; absent: they have the Pods'. */
  readonly service?: string;
  /** It passes requests on, as a container beside says by whose routes. */
  readonly isDataPlane?: true;
}

/** What a fault of a process is set to. */
export type FaultDetail = Readonly<Record<string, number | string | boolean>>;

/** A fault that every process of the containers it is about begins with, for as long as it lasts. */
export interface LastingFault {
  readonly fault: string;
  readonly detail: FaultDetail;
  /** `podUid/container` */
  readonly containers: readonly string[];
  /** Containers of Pods made meanwhile are concerned too: of these names, in Pods of this selector. */
  readonly also?:
    | { readonly namespace: string; readonly selector: string; readonly names: readonly string[] }
    | undefined;
  /** Runtime ids of the containers that have it. */
  struck: string[];
}

/** CPU that a process has used of late, and what it has taken on. Times of CPU, in ms of one CPU. */
export interface CpuWork {
  /** Number of the metrics window that `usedMs` is of; `beforeMs` is of the one before. */
  window: number;
  usedMs: number;
  beforeMs: number;
  /** Taken on and not done, as of `at`; it is done at `rateMilli`, thousandths of a CPU. */
  backlogMs: number;
  at: Millis;
  rateMilli: number;
}

/** What a container has printed. */
export interface LogLine {
  readonly at: Millis;
  readonly line: string;
  /** No end of line was written behind it: its process ended before. */
  readonly unended?: true;
}

/** One container process of the runtime; a restart makes a new one with a fresh layer. */
export interface RuntimeContainer {
  /** 64 hex digits; `containerd://` is put before it in the API. */
  readonly id: string;
  readonly podUid: string;
  readonly podNamespace: string;
  readonly podName: string;
  readonly name: string;
  readonly image: string;
  readonly imageId: string;
  readonly attempt: number;
  readonly init: boolean;
  /** TCP ports that the container declares, and that its probes ask. */
  readonly ports: readonly number[];
  /** The container's command and args; empty: the image's own. */
  readonly command: readonly string[];
  /** The spec has a command, which stands in place of the image's ENTRYPOINT. */
  readonly ownCommand: boolean;
  /** Its standard input is kept open: a shell that reads from it waits (spec.stdin). */
  readonly stdin: boolean;
  /** It is there to run to an end: an init container, a container of a Job. */
  readonly ends: boolean;
  /** Bytes; 0: none. */
  memoryLimit: number;
  /** Thousandths of a CPU: what its share is by, and beyond which it is throttled (0: never). */
  cpuRequestMilli: number;
  cpuLimitMilli: number;
  /** It was given other resources than at its start. */
  resized?: true;
  /** The higher, the sooner the kernel kills it when the machine is out of memory. */
  readonly oomScoreAdj: number;
  /**
   * Its process is not the first of its PID namespace (shareProcessNamespace, hostPID), so that signals it
   * does not handle end it.
   */
  readonly sharesPids: boolean;
  /** The container whose PID namespace it is in (an ephemeral container's targetContainerName). */
  readonly target?: string;
  /** It is in the machine's PID namespace (hostPID). */
  readonly hostPids?: true;
  /** Of its first process, in a PID namespace whose first it is not. */
  readonly pid?: number;
  state: 'created' | 'running' | 'exited';
  createdAt: Millis;
  startedAt: Millis;
  finishedAt: Millis;
  exitCode: number;
  /** Kubernetes' termination reason: Completed, Error, OOMKilled, StartError, Unknown. */
  reason: string;
  /** Why its process never began, in the runtime's words. */
  startError?: string;
  /** What its program does where command line, environment or files change what its image says. */
  program: ImageBehaviour | undefined;
  /** The container's own layer: what was changed over its image's. */
  files: FileTree;
  /** Volumes in its file system; shared by all that have none. */
  readonly mounts: readonly Mount[];
  readonly environment: Readonly<Record<string, string>>;
  /** The service account whose token it has; absent: it has none. */
  readonly account?: string;
  /** Where its process begins: the spec's word, or `/`. */
  readonly workingDir: string;
  /** Its root cannot be written to (securityContext.readOnlyRootFilesystem). */
  readonly readOnlyRoot: boolean;
  /** The number of the user that its process is; absent: its image says. */
  readonly user?: number;
  /** Numbers of its groups, the first of which is its own; absent: root's alone. */
  readonly groups?: readonly number[];
  /** Programs that are another user's by their mode run as its own (allowPrivilegeEscalation). */
  readonly noNewPrivileges?: true;
  /** It may set up the network (NET_ADMIN). */
  readonly setsNetwork?: true;
  /** Where it says why it ends: a file that the kubelet puts there; absent: `DEFAULT_MESSAGE_PATH`. */
  readonly messagePath?: string;
  /** Capabilities that runtimes give and its spec takes: `CHOWN`; absent: none. */
  readonly lacks?: readonly string[];
  logs: LogLine[];
  /** Faults at work in the process, e.g. hang, slow answers, refused connections; by fault name. */
  faults: Map<string, FaultDetail>;
  /** When SIGTERM was sent; NEVER while it was not. */
  signalledAt: Millis;
  /** It was told to end once what it has accepted is answered: it takes no more connections. */
  draining: boolean;
  /** When the last of the requests that it has accepted is answered; NEVER: it has had none. */
  answersUntil: Millis;
  /** Requests it has answered. */
  answered: number;
  /** Absent: nothing, or its program acts on no requests. */
  remembers?: Remembered;
  /** Undefined before the first of them. */
  work: CpuWork | undefined;
  /**
   * Set by the kubelet that waits for the stop, which then hears of it at once and not at its next relist.
   */
  awaited: boolean;
  /** The shell that runs its command; undefined before it runs and where there is none. */
  shell: ShellState | undefined;
  /** Timer by which its script goes on; 0: none. */
  scriptTimer: number;
  /** Its script said something that could not be followed. */
  passedOver: boolean;
  /** Timers of the process (its exit, its out-of-memory), to cancel when it is gone. */
  timers: number[];
}

/** A volume of the pod in a container's file system. */
export interface Mount {
  /** Absolute, in the container. */
  readonly path: string;
  /** The volume's name in the pod. */
  readonly volume: string;
  /** What of the volume is mounted, absolute in it; absent: all. */
  readonly subPath?: string;
  readonly readOnly: boolean;
  /** What `subPath` had when the container began, of a volume whose files are replaced and not written to. */
  readonly held?: FileTree;
}

/** Where a pod's volume has its files. */
export type PodVolume =
  /** In the pod's own directory on the machine, or in memory; gone with the pod. */
  | {
      readonly kind: 'own';
      readonly files: FileTree;
      readonly mode: number;
      readonly medium: 'disk' | 'memory';
      /** Beyond it memory takes no more, and for what is on disk the pod is ended; Infinity: no limit. */
      readonly sizeLimitBytes: number;
      /** The kubelet replaces its files; nobody else writes to them. */
      readonly projected: boolean;
      /** Whose its root is (fsGroup), by number; absent: root's. */
      readonly group?: number;
    }
  /** On the machine itself. */
  | { readonly kind: 'host'; readonly path: string }
  /** On a disk of `World.disks`. */
  | {
      readonly kind: 'disk';
      readonly disk: string;
      readonly readOnly: boolean;
      /** As the node's status calls it, where it is attached to the machine. */
      readonly attachable?: string;
    };

/** A disk that outlives pods and machines: what a PersistentVolume stands for. */
export interface Disk {
  readonly files: FileTree;
  capacityBytes: number;
  /** Nothing more fits, whatever is on it (a fault). */
  full: boolean;
  /** Where it stands; absent: everywhere. */
  readonly zone?: string;
}

/** What is wrong with the storage that disks are on (faults). */
export interface StorageTrouble {
  /** Nodes to which no disk can be attached, and from which none is detached; `*`: all. */
  readonly attach: Set<string>;
  readonly detach: Set<string>;
  /** Zones whose disks nobody reaches. */
  readonly zones: Set<string>;
}

export interface Sandbox {
  readonly id: string;
  readonly podUid: string;
  readonly podNamespace: string;
  readonly podName: string;
  /** Labels of the Pod when it was made. */
  readonly labels: Readonly<Record<string, string>>;
  readonly ip: string;
  readonly createdAt: Millis;
  /** Its /etc/resolv.conf, where that is another than most Pods have. */
  readonly resolver?: Resolver;
  /** What its /etc/hosts has beyond that of all. */
  readonly hosts?: string;
  /** What the Pod is called inside, where that is not its name. */
  readonly hostname?: string;
  /** Of the cluster's DNS, that its hostname is in. */
  readonly domain?: string;
  /** Ports of the node that lead to it, where it has an address of its own; absent: none. */
  readonly hostPorts?: readonly HostPort[];
  /** Parameters of the kernel that the Pod sets, by their names with dots; absent: none. */
  readonly sysctls?: Readonly<Record<string, string>>;
  ready: boolean;
}

export interface Machine {
  readonly name: string;
  /** From 1, in order of addition; addresses derive from it. */
  readonly index: number;
  power: 'on' | 'off' | 'booting';
  bootedAt: Millis;
  /** When it last went down; NEVER: it never did. */
  downAt: Millis;
  /** How often it was booted. */
  boots: number;
  /** Changes at each boot, as /proc/sys/kernel/random/boot_id. */
  bootId: string;
  runtimeUp: boolean;
  /** Whether the kubelet starts with the machine (it was not stopped by hand). */
  kubeletEnabled: boolean;
  /** When the machine shuts down in an orderly way: when it began; NEVER otherwise. */
  shutdownAt: Millis;
  /** The power button was pressed while it shuts down: it boots when it is off. */
  bootsAfterShutdown: boolean;
  readonly ip: string;
  capacity: { cpu: string; memory: string; pods: string; ephemeralStorage: string };
  labels: Record<string, string>;
  taints: { key: string; value?: string; effect: string }[];
  /** By pod uid; the latest of each pod. */
  sandboxes: Map<string, Sandbox>;
  /** By container id. */
  containers: Map<string, RuntimeContainer>;
  /** Pod uid to the ids of its containers, oldest first. */
  podContainers: Map<string, string[]>;
  /** By pod uid, then by the volume's name in the pod. */
  volumes: Map<string, Map<string, PodVolume>>;
  /** What was changed in the machine's own file system, as far as hostPath volumes show it. */
  hostFiles: FileTree;
  /** Images present, with when they came. */
  images: Map<string, Millis>;
  /** Images on their way, with when they will be here. */
  pulls: Map<string, Millis>;
  nextContainer: number;
  /** When the image puller is free again (pulls are serial). */
  pullFreeAt: Millis;
  /**
   * Period and phase of the kubelet's relist, the time of the relist that is due (NEVER: none), and the pods
   * it will find changed.
   */
  relistPeriodMs: Millis;
  relistPhaseMs: Millis;
  relistAt: Millis;
  changedPods: Set<string>;
  /** Memory taken by something other than pods, in bytes (a fault). */
  hogBytes: number;
  /** Disk, in bytes, and process ids, taken by something other than pods (faults). */
  hogDiskBytes: number;
  hogPids: number;
  /** How many times longer its work takes (a fault); 1: as usual. */
  slowness: number;
  /** How far its clock is ahead (a fault). */
  clockSkewMs: Millis;
  /** Timer of the boot under way; 0: none. */
  bootTimer: number;
  /** What its kubelet runs of its own accord: /etc/kubernetes/manifests. Absent: nothing. */
  staticPods?: readonly Pod[];
  /** Names of those whose files were moved away. */
  movedAway?: readonly string[];
}

/**
 * Pods of one selector do not reach those of another, or neither the other. Selectors are matched against
 * labels as Pods have them at their start.
 */
export interface PodPartition {
  readonly id: string;
  readonly namespace: string;
  readonly from: Selector;
  readonly to: Selector;
}

export interface DnsTrouble {
  /** No answer but an error; an address that is nobody's; the right answer, late. */
  readonly mode: 'error' | 'random' | 'slow';
  readonly delayMs: Millis;
}

/** NetworkPolicies, and the labels that they select by. */
export interface PolicyFacts {
  /** By `namespace/name`, as Pods are. */
  readonly policies: Map<string, NetworkPolicy>;
  readonly namespaces: Map<string, Readonly<Record<string, string>>>;
  readonly pods: Map<
    string,
    {
      readonly labels: Readonly<Record<string, string>>;
      /** Those of its containers' that have names. */
      readonly ports: readonly { readonly name: string; readonly port: number; readonly protocol: string }[];
    }
  >;
}

/** An object since a moment; null: it was gone; of a Secret, whether it holds a certificate. */
export interface IngressVersion {
  readonly at: Millis;
  readonly object: Ingress | IngressClass | Service | EndpointSlice | boolean | null;
}

export interface IngressFacts {
  /** What the API said, by `Kind/namespace/name`, oldest first. */
  readonly objects: Map<string, readonly IngressVersion[]>;
  /** Up to which moment the nginx of a controller's container has what the API said, by container id. */
  readonly configured: Map<string, Millis>;
  /** No nginx takes a new configuration (a fault). */
  reloadFails: boolean;
}

/** An object since a moment; null: it was gone; of a Secret, whether it holds a certificate. */
export interface GatewayVersion {
  readonly at: Millis;
  readonly object: KubeObject | boolean | null;
}

export interface GatewayFacts {
  /** What the API said, by `Kind/namespace/name`, oldest first. */
  readonly objects: Map<string, readonly GatewayVersion[]>;
  /** When it last said something else. */
  changedAt: Millis;
  /** Up to when nginx has what it said, where it takes no new configuration (a fault). */
  frozenAt?: Millis;
}

/** A Service or EndpointSlice since a moment; null: it was gone. */
export interface RouteVersion {
  readonly at: Millis;
  readonly object: Service | EndpointSlice | null;
}

/** Addresses that a server of names has kept; none: that there is no such name. */
export interface CachedName {
  readonly ips: readonly string[];
  readonly until: Millis;
}

/** What is known where the cluster's own parts run in Pods. */
export interface SystemFacts {
  /** Address of the Service that answers for names. */
  readonly dns: string;
  /** What the servers behind it have kept: by `CONTAINER NAME`, the container by its id. */
  readonly names: Map<string, CachedName>;
  /** Of CoreDNS containers whose file was written anew: what they go by until they look. */
  readonly corefiles: Map<string, { readonly text: string; readonly until: Millis }>;
}

/** Machines alike, of which a cloud gives as many as it is asked for. */
export interface NodeGroup {
  /** What one is like: its size, labels and taints. */
  template: NodeTemplate;
  /** How many there are to be. */
  target: number;
  /** The number of the next one. */
  next: number;
  /** Entries of the history: machines that did not come, until whoever ordered them has heard of it. */
  failed: EntryId[];
  /** The cloud has machines of this kind, and how many times longer they take to come (faults). */
  hasCapacity: boolean;
  slowness: number;
}

export interface NodeTemplate {
  readonly cpu?: string;
  readonly memory?: string;
  readonly pods?: string;
  readonly ephemeralStorage?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly taints?: readonly { key: string; value?: string; effect: string }[];
}

export interface World {
  machines: Cells<string, Machine>;
  nextMachine: number;
  /** Image behaviours by reference; looked up exactly, then without tag. */
  images: Map<string, ImageBehaviour>;
  /** Whether containers were made, or may be, whose image says what CPU they take. */
  cpuDescribed: boolean;
  /** What scripts said that could not be followed, by image. */
  passedOver: Map<string, readonly string[]>;
  /** Faults that outlast the processes they are in, by number, in the order of their beginning. */
  lasting: Map<number, LastingFault>;
  nextLasting: number;
  /** Absent: nobody said anything of a webhook, and none was asked. */
  webhooks?: Webhooks;
  /** What is measured, beside what processes take; and since when metrics-server measures. */
  metrics: {
    /** When metrics-server last began to measure; undefined: it does not answer (a fault). */
    measuredSince: Millis | undefined;
    /** Values that a scenario declares: `metric`, or `metric@Kind/namespace/name`, to a quantity. */
    readonly declared: Map<string, string>;
  };
  /** How many times longer processes of slow machines take, by process: what latencies are drawn by. */
  slowNodes: Map<string, number>;
  /** Nodes that have a ConfigMap or Secret (`ConfigMap/namespace/name`) in a pod's volume. */
  configurationReaders: Map<string, readonly string[]>;
  /** Disks of PersistentVolumes, by volume handle. */
  disks: Cells<string, Disk>;
  storage: StorageTrouble;
  /**
   * What no registry answers for at present (a fault): images by their whole name, `machine@NODE` for all
   * that a node asks for, `*` for all.
   */
  unpullable: Set<string>;
  /** The cluster's own parts run in Pods: kube-proxy and DNS. Absent: they do not. */
  system?: SystemFacts;
  /** Groups of machines that a cloud gives more of, by name; absent: nobody has asked for any. */
  nodeGroups?: Map<string, NodeGroup>;
  network: {
    /** Pairs of nodes that cannot reach each other, keyed `a|b` with a < b. */
    partitions: Set<string>;
    /** Nodes that cannot reach the control plane. */
    cutOff: Set<string>;
    /** Nodes whose kubelet's certificate has expired: the API server does not take it for who it is. */
    expired: Set<string>;
    /** Directed pairs of nodes, `a>b`: no packet passes from a to b. */
    oneWay: Set<string>;
    /** Nodes of which no packet passes to anywhere, nor from, and since when. */
    isolated: Map<string, Millis>;
    /** Pods between which no packet passes, by labels. */
    podPartitions: readonly PodPartition[];
    /** Share of packets, in percent, that is lost to and from a node, and what each takes longer. */
    loss: Map<string, number>;
    delay: Map<string, { readonly ms: Millis; readonly jitterMs: Millis }>;
    /** How long a load balancer takes to see that a node is gone, or back. */
    targetDelayMs: Millis;
    /** How many times as much clients send (a fault); 1: as they said. */
    load: number;
    /** What is wrong with DNS; undefined: nothing. */
    dns: DnsTrouble | undefined;
    /** Last pod address given on a node, by node. */
    nextPodIp: Map<string, number>;
    /** Pod IP to the node and pod that hold it. */
    podIps: Map<string, { readonly node: string; readonly podUid: string }>;
    /** `namespace/name` of a pod to the machines that have a sandbox of it. */
    podMachines: Map<string, readonly string[]>;
    /** Keys of Services that send to a port, by `namespace>port`: of numeric target ports. */
    serviceTargets: Map<string, string[]>;
    /** A machine's own address to its name. */
    machineIps: Map<string, string>;
    /**
     * Services and EndpointSlices as the API had them over time, by `Service/namespace/name`: what
     * kube-proxies route by.
     */
    routes: Map<string, RouteVersion[]>;
    /**
     * Service by cluster IP, node port (`:30080`); EndpointSlice keys by `namespace/service`; Service keys by
     * `servicesEntry`.
     */
    routeIndex: Map<string, string[]>;
    /** Where clients last went that stay with one backend, by node, Service and client. */
    affinities: Map<string, { readonly to: string; readonly at: Millis }>;
    /** What decides which connections between Pods are let through, as far as its agent has heard. */
    policy: PolicyFacts;
    /** Ingresses, as far as their controllers' process has heard. */
    ingress: IngressFacts;
    /** Gateways and their routes, as far as their controllers' process has heard. */
    gateway: GatewayFacts;
    /** How far behind each node's kube-proxy is. */
    proxyLag: Map<string, ProxyLag>;
    /** The longest lag that there was: so long old versions of routes matter. */
    longestProxyLagMs: Millis;
    /** Of kube-proxies that learn nothing any more (stopped or cut off), what they knew last. */
    frozenProxies: Map<string, Millis>;
  };
}

export interface ProxyLag {
  readonly ms: Millis;
  /** What a kube-proxy knew already when the lag became this long: it forgets nothing. */
  readonly knew: Millis;
}

export function emptyWorld(): World {
  return {
    machines: new Cells(),
    nextMachine: 1,
    images: new Map(),
    cpuDescribed: false,
    passedOver: new Map(),
    lasting: new Map(),
    nextLasting: 1,
    metrics: { measuredSince: NEVER, declared: new Map() },
    slowNodes: new Table(),
    configurationReaders: new Table(),
    disks: new Cells(),
    storage: { attach: new Set(), detach: new Set(), zones: new Set() },
    unpullable: new Set(),
    network: {
      partitions: new Set(),
      cutOff: new Set(),
      expired: new Set(),
      oneWay: new Set(),
      isolated: new Map(),
      podPartitions: [],
      loss: new Map(),
      delay: new Map(),
      targetDelayMs: 5_000,
      load: 1,
      dns: undefined,
      nextPodIp: new Table(),
      podIps: new Table(),
      podMachines: new Table(),
      serviceTargets: new Cells(),
      machineIps: new Table(),
      routes: new Cells(),
      routeIndex: new Cells(),
      affinities: new Table(),
      policy: { policies: new Table(), namespaces: new Table(), pods: new Table() },
      ingress: { objects: new Table(), configured: new Table(), reloadFails: false },
      gateway: { objects: new Table(), changedAt: NEVER },
      proxyLag: new Table(),
      longestProxyLagMs: 0,
      frozenProxies: new Table(),
    },
  };
}

/** Entry of the index of routes for the Services of a namespace. */
export const servicesEntry = (namespace: string): string => `services of ${namespace}`;

/** The containers of a pod, oldest first. */
export function containersOf(machine: Machine, podUid: string): RuntimeContainer[] {
  const found: RuntimeContainer[] = [];
  for (const id of machine.podContainers.get(podUid) ?? []) {
    const container = machine.containers.get(id);
    if (container !== undefined) found.push(container);
  }
  return found;
}

/** The latest container of this name in a pod. */
export function latestContainer(
  machine: Machine,
  podUid: string,
  name: string,
): RuntimeContainer | undefined {
  const ids = machine.podContainers.get(podUid);
  if (ids === undefined) return undefined;
  for (let i = ids.length - 1; i >= 0; i--) {
    const container = machine.containers.get(ids[i]!);
    if (container !== undefined && container.name === name) return container;
  }
  return undefined;
}

/** The container before the latest of this name, if it is still kept. */
export function previousContainer(
  machine: Machine,
  podUid: string,
  name: string,
): RuntimeContainer | undefined {
  const ofName = containersOf(machine, podUid).filter((c) => c.name === name);
  return ofName[ofName.length - 2];
}
