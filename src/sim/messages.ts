/**
 * What the history says of the physical world and the control plane's health: a key and what it is about. The
 * wording stands in a catalogue per language, outside of the simulator.
 */
import type { Millis } from './kernel/types.ts';

type Nothing = Readonly<Record<string, never>>;
type OfNode = { readonly node: string };
type OfNodes = { readonly from: string; readonly to: string };
type OfProcess = { readonly process: string };
type OfPod = OfNode & { readonly namespace: string; readonly pod: string; readonly uid: string };
type OfContainer = OfPod & { readonly container: string };
type OfFault = OfContainer & { readonly fault: string };
type Detail = Readonly<Record<string, number | string | boolean>>;
/** Pods that match either selector. */
type OfPods = { readonly id: string; readonly from: string; readonly to: string };
/** One image, all that a node asks for, or (neither) everything. */
type OfRegistry = { readonly image?: string; readonly node?: string };

/** Every message of ours, with the args it takes. Times in ms, amounts in bytes. */
export interface WorldMessages {
  clusterSwitchedOn: Nothing;
  /** A client's write to a served cluster; `path` as it was asked. */
  apiRequest: { readonly method: string; readonly path: string; readonly user: string };

  /** 1: as they said. */
  loadChanges: { readonly factor: number };
  metricsServerDown: Nothing;
  metricsServerUp: Nothing;
  /** `subject`: `Kind/namespace/name`. */
  metricIs: { readonly metric: string; readonly value: string; readonly subject?: string };

  nodeJoins: OfNode;
  nodeJoinsAgain: OfNode;
  nodeGroupExhausted: { readonly group: string };
  nodeGroupHasCapacity: { readonly group: string };
  nodeGroupGivesNone: { readonly group: string };
  /** `factor` 1: as fast as ever. */
  nodeGroupSlowed: { readonly group: string; readonly factor: number };
  nodeLostPower: OfNode;
  nodePoweredOn: OfNode;
  nodeReboots: OfNode;
  nodeShutsDown: OfNode;
  nodeOff: OfNode;
  nodeBooted: OfNode;
  kubeletStopped: OfNode;
  kubeletStarted: OfNode;
  kubeletFrozen: OfNode;
  kubeletThawed: OfNode;
  runtimeStopped: OfNode;
  runtimeStarted: OfNode;
  kubeProxyStopped: OfNode;
  kubeProxyStarted: OfNode;
  memoryTaken: OfNode & { readonly bytes: number };
  diskTaken: OfNode & { readonly bytes: number };
  pidsTaken: OfNode & { readonly pids: number };
  /** `factor` 1: as fast as ever. */
  nodeSlowed: OfNode & { readonly factor: number };
  /** 0: right again; below 0: behind. */
  clockSkewed: OfNode & { readonly skewMs: Millis };

  containerStarted: OfContainer;
  containerExited: OfContainer & { readonly code: number; readonly reason: string };
  containerCrashes: OfContainer & { readonly exitCode: number };
  containerSignalled: OfContainer & { readonly signal: string };
  fileChanged: OfContainer & { readonly path: string };
  fileDeleted: OfContainer & { readonly path: string };
  volumeUpdated: OfPod & { readonly volume: string };
  faultSet: OfFault & { readonly detail: Detail };
  faultCleared: OfFault;
  faultAwaitsStart: { readonly fault: string; readonly containers: number; readonly detail: Detail };

  attachFails: OfNode;
  attachWorks: OfNode;
  detachHangs: OfNode;
  detachWorks: OfNode;
  storageZoneLost: { readonly zone: string };
  storageZoneBack: { readonly zone: string };
  volumeFull: { readonly volume: string };
  volumeHasRoom: { readonly volume: string };

  registrySilent: OfRegistry;
  registryAnswers: OfRegistry;

  nodesPartitioned: OfNodes;
  nodesReconnected: OfNodes;
  nodeCutOff: OfNode;
  nodeReconnected: OfNode;
  certificateNotRotated: OfNode & { readonly leftMs: Millis };
  certificateExpired: OfNode;
  certificateRenewed: OfNode;
  packetsDropped: OfNodes;
  packetsPass: OfNodes;
  networkLost: OfNode;
  networkBack: OfNode;
  podsPartitioned: OfPods;
  podsReconnected: OfPods;
  /** 0: none is lost any more. */
  packetsLost: OfNode & { readonly percent: number };
  /** 0: in time again. */
  packetsDelayed: OfNode & { readonly ms: Millis; readonly jitterMs: Millis };
  dnsTroubled: { readonly mode: 'error' | 'random' | 'slow'; readonly delayMs: Millis };
  dnsWell: Nothing;
  gatewayReloadsFail: Nothing;
  gatewayReloadsPass: Nothing;
  ingressReloadsFail: Nothing;
  ingressReloadsPass: Nothing;
  requestsFail: {
    readonly url: string;
    readonly outcome: string;
    readonly pod?: string;
    readonly node?: string;
  };
  requestsSucceed: { readonly url: string };

  apiServerDown: Nothing;
  apiServerUp: Nothing;
  etcdMembersLost: { readonly lost: number; readonly members: number };
  etcdQuorumLost: Nothing;
  etcdQuorumBack: Nothing;
  etcdLeaderless: Nothing;
  etcdElected: OfNode & { readonly term: number };
  apiServerServes: OfNode;
  apiServerLost: OfNode;
  leaderElected: OfProcess;
  leadershipLost: OfProcess;
  manifestMovedAway: OfNode & { readonly component: string };
  manifestPutBack: OfNode & { readonly component: string };
  processDown: OfProcess;
  processUp: OfProcess;
  leaderDied: OfProcess;
  standbyLeads: OfProcess;
  callsSlow: { readonly slowMs: Millis };
  callsInTime: Nothing;
  callsFail: { readonly percent: number; readonly status: string | number };
  callsPass: Nothing;
  /** `*`: of every process. */
  watchesLag: OfProcess & { readonly lagMs: Millis };
  watchesKeepUp: OfProcess;
  webhookDown: { readonly webhook: string };
  webhookUp: { readonly webhook: string };
  webhookSlow: { readonly webhook: string; readonly slowMs: Millis };
  webhookInTime: { readonly webhook: string };
  aggregatedApiDown: { readonly apiService: string };
  aggregatedApiUp: { readonly apiService: string };
  webhookRefuses: { readonly resource: string };
  webhookPasses: { readonly resource: string };
  evictionRefused: { readonly namespace: string; readonly pod: string; readonly why: string };
}

/** Ours, or one of a user's own, which has a `/` in it: `example.com/ballast-shifted`. */
export type MessageKey = keyof WorldMessages | `${string}/${string}`;
export type MessageArgs<K extends MessageKey> = K extends keyof WorldMessages
  ? WorldMessages[K]
  : Readonly<Record<string, unknown>>;

/** A kind of place on the way of a request. `name`: the look-up of a host's name, before a packet is sent. */
export type Place = 'name' | 'loadBalancer' | 'node' | 'service' | 'pod';

/** What keeps a request from its answer, at the place where it does. */
export type Obstacle =
  | 'nameUnknown'
  | 'dnsFails'
  | 'dnsLies'
  | 'dnsSlow'
  /** From outside: no node is on that could take it in. */
  | 'noNode'
  /** No node that the load balancer takes for able to answer. */
  | 'noTargets'
  /** loadBalancerSourceRanges that the client's address is not in. */
  | 'sourceDenied'
  | 'nodeOff'
  /** A partition, or the loss of every packet. */
  | 'noPath'
  /** The node's kube-proxy has not heard of the Service, or of its port. */
  | 'serviceUnknown'
  | 'noSuchPort'
  | 'noEndpoints'
  /** At a controller of Ingresses: none of the Service's endpoints is ready; no rule is for the request. */
  | 'noReadyEndpoints'
  | 'noRule'
  /** At a controller of Gateways: no route is for the request; the backend that it names cannot be had. */
  | 'noRoute'
  | 'invalidBackend'
  /** A local traffic policy, and endpoints on other nodes only. */
  | 'noLocalEndpoints'
  /** Nobody has the address, though the API still lists it. */
  | 'podGone'
  /** Nobody has the address, and only the node's kube-proxy has not heard of it. */
  | 'staleRoute'
  /** NetworkPolicies of the client's Pod, or of the Pod that it asks. */
  | 'egressDenied'
  | 'ingressDenied'
  | 'notListening'
  /** What has accepted ended before it answered; the connection was to a process that is no more. */
  | 'endedMeanwhile'
  | 'connectionBroken'
  /** It is accepted, and nothing comes back. */
  | 'noAnswer'
  | 'tooSlow'
  /** An answer of 400 or above. */
  | 'errorStatus';
