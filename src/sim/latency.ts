import type { ClusterConfig } from './config.ts';

/**
 * The latency model: named distributions, each uniform between two bounds (integer ms), so that no platform's
 * `Math.log` decides anything. Defaults are what healthy small clusters show. A scenario pins one with `[n,
 * n]`.
 */
export const LATENCIES = {
  /** A write through the API server to etcd and back. */
  apiCall: [2, 8],
  /** From a write to its arrival in a process's watch cache. */
  watch: [1, 12],
  /** From the API server's return to a watch re-established (client-go's reflector backs off from 0.8 s). */
  watchReconnect: [100, 1500],
  /** From a work queue's add to the start of the reconcile. */
  controllerWork: [0, 3],
  /** One scheduling cycle and its binding. */
  scheduling: [2, 10],
  /** From the kubelet's seeing a pod to a running sandbox with network. */
  sandbox: [200, 600],
  /** A pull from a registry, where the image's behaviour gives no time. */
  imagePull: [1_500, 3_000],
  /** From create to started, per container. */
  containerStart: [50, 250],
  /** From SIGTERM's default handling to exit. */
  containerStop: [10, 80],
  /** From the exit of a pod's last container until its volumes and cgroups are gone. */
  podCleanup: [100, 400],
  /** A driver's making of a volume, and its deletion. */
  volumeProvision: [1_000, 3_000],
  volumeDelete: [1_000, 3_000],
  /** A driver's bringing a disk to a node, and taking it away. */
  volumeAttach: [1_000, 3_000],
  volumeDetach: [1_000, 3_000],
  /** A driver's enlarging a volume, and the node's enlarging of its file system. */
  volumeResize: [1_000, 3_000],
  /** From power on to a kubelet that registers. */
  nodeBoot: [15_000, 25_000],
  /** A cloud's making of a machine for a node group, until its kubelet registers; and its taking it away. */
  nodeProvision: [40_000, 80_000],
  nodeTerminate: [2_000, 5_000],
  /** kube-proxy: from seeing a change to programmed rules. */
  proxySync: [10, 100],
  /** An ingress controller's nginx: from a new configuration to workers that go by it. */
  ingressReload: [300, 1_200],
  /** One hop of a request between pods. */
  networkHop: [0, 1],
} as const satisfies Record<string, readonly [number, number]>;

export type LatencyName = keyof typeof LATENCIES;
/** What a scenario may set: a flag of a component, or a latency. */
export type SettingName = keyof ClusterConfig | LatencyName;
export type LatencyTable = { [N in LatencyName]: readonly [number, number] };
