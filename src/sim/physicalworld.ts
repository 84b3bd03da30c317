/**
 * The world below the API, as one who acts on it sees it: power, processes, network, disks, clocks. Whoever
 * needs it (a driver, faults, claims, invariants) is given one, bound to who acts because of what; nothing
 * else of theirs reaches below the API.
 */
import type { Erring } from './api/trouble.ts';
import type { Selector } from './api/selector.ts';
import type { Pod } from './api/types.ts';
import type { Millis } from './kernel/types.ts';
import type { MessageArgs, MessageKey } from './messages.ts';
import type { addLastingFault, ContainerTarget, cutOffRegistry, MachineOptions } from './node/index.ts';
import type { RequestOutcome } from './network/index.ts';
import type { WebhookTrouble } from './node/webhooks.ts';
import type { DnsTrouble, FaultDetail, Machine, PolicyFacts, RuntimeContainer } from './node/world.ts';

type Registry = Parameters<typeof cutOffRegistry>[1];
type Lasting = Parameters<typeof addLastingFault>[1];

/** Machines, whether or not the API has a Node of theirs; to be read, not changed. */
export interface Machines {
  all(): readonly Machine[];
  named(name: string): Machine | undefined;
  /** A name `node-N` that none has. */
  freeName(): string;
  /** @throws Error when the name is taken */
  add(options: MachineOptions): void;
  remove(name: string): void;
}

export interface Power {
  off(machine: string): void;
  /** @param bootMs how long the boot takes; absent: as long as boots take */
  on(machine: string, bootMs?: Millis): void;
  reboot(machine: string, downMs?: Millis): void;
  /** In order: the kubelet ends its Pods first. */
  shutDown(machine: string): void;
}

/** Processes of machines and of the control plane, by their names (`kube-scheduler`). */
export interface MachineProcesses {
  has(process: string): boolean;
  isUp(process: string): boolean;
  stop(process: string): void;
  start(process: string): void;
  stopKubelet(machine: string): void;
  startKubelet(machine: string): void;
  freezeKubelet(machine: string): void;
  thawKubelet(machine: string): void;
  stopRuntime(machine: string): void;
  startRuntime(machine: string): void;
  stopKubeProxy(machine: string): void;
  startKubeProxy(machine: string): void;
}

/** Processes of containers. */
export interface ContainerProcesses {
  /** Since when a Pod serves; Infinity: it does not, and will not unless something changes. */
  servingFrom(pod: Pod): Millis;
  /** Value of a variable that the container began with; undefined: there is none. */
  variable(container: ContainerTarget, name: string): string | undefined;
  kill(container: ContainerTarget, exitCode: number, reason?: string): void;
  /** @param name `KILL`. @returns `ignored` when it changed nothing */
  signal(container: ContainerTarget, name: string, exitCode?: number): string;
  /** Until it is cleared, or the process ends. */
  setFault(container: ContainerTarget, fault: string, detail: FaultDetail): void;
  clearFault(container: ContainerTarget, fault: string): void;
  /** Through restarts. @returns its number */
  addLastingFault(fault: Lasting): number;
  endLastingFault(number: number): void;
}

/** Two selectors as somebody wrote them. */
interface Selectors {
  readonly from: string;
  readonly to: string;
}

export interface Wires {
  /** Clients send so many times as much; 1: as they said. */
  setLoad(factor: number): void;
  /** Whether nginx of ingress controllers takes new configurations. */
  setIngressReloads(works: boolean): void;
  /** Whether nginx behind Gateways takes new configurations. */
  setGatewayReloads(works: boolean): void;
  /** What the agents that enforce NetworkPolicies go by. */
  policyFacts(): PolicyFacts;
  /** Pods of ingress controllers that go by less than the API says, with since when they do. */
  staleIngress(): readonly { readonly pod: string; readonly since: Millis }[];
  /** Whether the machine is cut off from the control plane. */
  isCutOff(machine: string): boolean;
  /** Whether the API server takes the kubelet's certificate for one that is over. */
  isExpired(machine: string): boolean;
  /** Since when its kube-proxy has learnt nothing; undefined: it is up to date, or will be in a moment. */
  staleSince(machine: string): Millis | undefined;
  /**
   * What would come of a request from outside of the Pods, sent now; it is not sent.
   * @param draws in place of chance, first the node by which it enters, then the backend: each from 0 up to 1
   */
  comesOf(url: string, namespace: string, draws: readonly number[]): RequestOutcome;
  cutOffFromControlPlane(machine: string): void;
  reconnectToControlPlane(machine: string): void;
  isolate(machine: string): void;
  rejoin(machine: string): void;
  partition(a: string, b: string): void;
  heal(a: string, b: string): void;
  blockOneWay(from: string, to: string): void;
  unblockOneWay(from: string, to: string): void;
  partitionPods(id: string, namespace: string, from: Selector, to: Selector, texts: Selectors): void;
  healPods(id: string, texts: Selectors): void;
  /** @param percent 0: none is lost */
  losePackets(machine: string, percent: number): void;
  /** @param ms 0: none is late */
  delayPackets(machine: string, ms: Millis, jitterMs: Millis): void;
  readonly dns: DnsTrouble | undefined;
  troubleDns(trouble: DnsTrouble | undefined): void;
  cutOffRegistry(what: Registry): void;
  restoreRegistry(what: Registry): void;
  expireCertificate(machine: string): void;
  renewCertificate(machine: string): void;
}

export interface Disks {
  /** Takes so much of the machine's disk; 0 gives it back. */
  fill(machine: string, bytes: number): void;
  /** Paths of the files of a container, those that it serves alone where it does. */
  filesOf(container: RuntimeContainer): readonly string[];
  /** Content of a file as the container's programs see it; undefined: there is none. */
  read(container: ContainerTarget, path: string): string | undefined;
  /** @param content null: the file is gone */
  change(container: ContainerTarget, path: string, content: string | null): void;
}

/** What brings disks to nodes, and the disks themselves. */
export interface Storage {
  stopAttach(machine: string): void;
  restoreAttach(machine: string): void;
  stopDetach(machine: string): void;
  restoreDetach(machine: string): void;
  loseZone(zone: string): void;
  restoreZone(zone: string): void;
  /** @param volume as the history calls it. @returns whether there is such a disk */
  fillDisk(handle: string, volume: string): boolean;
  emptyDisk(handle: string, volume: string): void;
}

/** What something that is no Pod takes of a machine; 0 (of slowness: 1) gives it back. */
export interface Loads {
  memory(machine: string, bytes: number): void;
  pids(machine: string, pids: number): void;
  slowDown(machine: string, factor: number): void;
}

export interface Clocks {
  /** @param skewMs how far it is ahead; 0: right */
  skew(machine: string, skewMs: Millis): void;
}

/** The API server and etcd as processes: whether and how they answer. */
export interface Servers {
  setServerUp(up: boolean): void;
  setQuorum(quorum: boolean): void;
  /** @param ms undefined: the usual time */
  slowDown(ms: Millis | undefined): void;
  fail(erring: Erring | undefined): void;
  /** @param process `*`: all. @param ms undefined: none. @returns whether it changed anything */
  lagWatch(process: string, ms: Millis | undefined): boolean;
  /** A webhook refuses a resource, by its plural name. @returns whether it changed anything */
  refuse(resource: string, refused: boolean): boolean;
  /** What is wrong with an admission webhook, by its name; what is left out stays as it is. */
  troubleWebhook(webhook: string, trouble: WebhookTrouble): void;
  /** Nobody answers behind an APIService, or somebody does again. */
  setAggregatedApiUp(apiService: string, up: boolean): void;
  setMetricsServerUp(up: boolean): void;
  /**
   * A metric that is declared, of whatever it is told, is so many times as high.
   * @returns what its values were, by a key each; none where nobody has declared it
   */
  multiplyMetric(metric: string, factor: number): Readonly<Record<string, string>>;
  /** @param key of what `multiplyMetric` returned */
  restoreMetric(key: string, value: string): void;
}

/** Control plane nodes, and the components on them: `etcd`, `kube-apiserver`, `kube-scheduler`, … */
export interface ControlPlaneNodes {
  /** Their names; none where the control plane is on no node. */
  names(): readonly string[];
  /** The node whose instance leads; undefined: none does. */
  leaderOf(component: string): string | undefined;
  /** Its kubelet ends it, and does not run it until it is put back. */
  moveAway(component: string, node: string): void;
  putBack(component: string, node: string): void;
  /** Its kubelet runs it again. @returns whether it ran */
  kill(component: string, node: string): boolean;
}

/** Images as registries have them. */
export interface Images {
  exists(image: string): boolean;
  /** No registry has it. */
  forget(image: string): void;
}

/** The cloud behind the cluster autoscaler. */
export interface Cloud {
  /** The names of the node groups that it has been asked for. */
  groups(): readonly string[];
  /** Whether machines that the group is to have come. */
  setCapacity(group: string, has: boolean): void;
  /** @param factor how many times longer than usual they take; 1: as long as ever */
  setSlowness(group: string, factor: number): void;
}

/** What is below the API: power, processes, network, disks, clocks. */
export interface PhysicalWorld {
  readonly machines: Machines;
  readonly power: Power;
  readonly processes: MachineProcesses;
  readonly containers: ContainerProcesses;
  readonly network: Wires;
  readonly disks: Disks;
  readonly storage: Storage;
  readonly loads: Loads;
  readonly clocks: Clocks;
  readonly servers: Servers;
  readonly plane: ControlPlaneNodes;
  readonly images: Images;
  readonly cloud: Cloud;
  /** Tells the history what is done. @returns the same world, acted on because of that */
  noting<K extends MessageKey>(key: K, args: MessageArgs<K>): PhysicalWorld;
}

/** What of the world shows itself to one who only looks. */
export interface PhysicalTruth {
  readonly machines: Pick<Machines, 'all' | 'named'>;
  readonly processes: Pick<MachineProcesses, 'has' | 'isUp'>;
  readonly containers: Pick<ContainerProcesses, 'servingFrom'>;
  readonly network: Pick<
    Wires,
    'isCutOff' | 'isExpired' | 'staleSince' | 'comesOf' | 'staleIngress' | 'policyFacts'
  >;
  readonly disks: Pick<Disks, 'filesOf' | 'read'>;
}
