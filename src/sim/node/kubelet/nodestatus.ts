/**
 * The kubelet's own Node object: registration, addresses, capacity, conditions. Heartbeats are the Lease's
 * matter. Models pkg/kubelet/kubelet_node_status.go and pkg/kubelet/nodestatus/setters.go.
 */
import { ApiError } from '../../api/errors.ts';
import { deepEqual } from '../../api/equal.ts';
import { rfc3339 } from '../../api/time.ts';
import type { Node, NodeCondition } from '../../api/types.ts';
import type { Draft } from '../../api/client.ts';
import { remembered } from '../../kernel/memo.ts';
import { hexDigits, imageIdOf, imageSize } from '../images.ts';
import { NEVER, type Machine } from '../world.ts';
import { publishCsiNode } from './csinode.ts';
import { volumesInUse } from './disks.ts';
import type { Kubelet } from './types.ts';

const KUBELET_VERSION = 'v1.36.0';
/** Node status lists this many images at most (nodeStatusMaxImages). */
const MAX_IMAGES = 50;
const REGISTER_RETRY_MS = 5000;

function labelsOf(machine: Machine): Record<string, string> {
  return {
    'beta.kubernetes.io/arch': 'amd64',
    'beta.kubernetes.io/os': 'linux',
    'kubernetes.io/arch': 'amd64',
    'kubernetes.io/hostname': machine.name,
    'kubernetes.io/os': 'linux',
    ...machine.labels,
  };
}

/** Labels that a kubelet puts right again whenever it starts; others it sets on the Node it makes only. */
const RECONCILED_LABELS = [
  'kubernetes.io/hostname',
  'topology.kubernetes.io/zone',
  'topology.kubernetes.io/region',
  'failure-domain.beta.kubernetes.io/zone',
  'failure-domain.beta.kubernetes.io/region',
  'beta.kubernetes.io/instance-type',
  'node.kubernetes.io/instance-type',
  'kubernetes.io/os',
  'kubernetes.io/arch',
] as const;

interface Said {
  readonly type: string;
  readonly status: 'True' | 'False';
  readonly reason: string;
  readonly message: string;
}

function conditionsNow(k: Kubelet): Said[] {
  const { state } = k;
  const { pressure } = state;
  const memory: Said = pressure.memory
    ? {
        type: 'MemoryPressure',
        status: 'True',
        reason: 'KubeletHasInsufficientMemory',
        message: 'kubelet has insufficient memory available',
      }
    : {
        type: 'MemoryPressure',
        status: 'False',
        reason: 'KubeletHasSufficientMemory',
        message: 'kubelet has sufficient memory available',
      };
  let ready: Said = {
    type: 'Ready',
    status: 'True',
    reason: 'KubeletReady',
    message: 'kubelet is posting ready status',
  };
  if (state.shuttingDown)
    ready = { type: 'Ready', status: 'False', reason: 'KubeletNotReady', message: 'node is shutting down' };
  else if (state.runtimeLost)
    ready = {
      type: 'Ready',
      status: 'False',
      reason: 'KubeletNotReady',
      message: 'container runtime is down',
    };
  return [
    memory,
    pressure.disk
      ? {
          type: 'DiskPressure',
          status: 'True',
          reason: 'KubeletHasDiskPressure',
          message: 'kubelet has disk pressure',
        }
      : {
          type: 'DiskPressure',
          status: 'False',
          reason: 'KubeletHasNoDiskPressure',
          message: 'kubelet has no disk pressure',
        },
    pressure.pids
      ? {
          type: 'PIDPressure',
          status: 'True',
          reason: 'KubeletHasInsufficientPID',
          message: 'kubelet has insufficient PID available',
        }
      : {
          type: 'PIDPressure',
          status: 'False',
          reason: 'KubeletHasSufficientPID',
          message: 'kubelet has sufficient PID available',
        },
    ready,
  ];
}

/** What the status says of an image. */
const imageOf = remembered(4096, (image: string) => ({
  names: [imageIdOf(image), image],
  sizeBytes: imageSize(image),
}));

/** What a machine says of itself, from one boot to the next. */
const nodeInfoOf = remembered(4096, (name: string) => {
  const id = hexDigits(name, 11, 32);
  return remembered(64, (bootId: string) => ({
    architecture: 'amd64',
    bootID: bootId,
    containerRuntimeVersion: 'containerd://2.2.0',
    kernelVersion: '6.12.0',
    kubeProxyVersion: '',
    kubeletVersion: KUBELET_VERSION,
    machineID: id,
    operatingSystem: 'linux',
    osImage: 'Debian GNU/Linux 13 (trixie)',
    systemUUID: id,
  }));
});

function nodeStatusOf(k: Kubelet, before: Node['status'] | undefined): Node['status'] {
  const { machine } = k;
  const now = k.ctx.now + machine.clockSkewMs;
  const old = before?.conditions ?? [];
  const conditions: NodeCondition[] = conditionsNow(k).map((said) => {
    const was = old.find((c) => c.type === said.type);
    const same =
      was !== undefined &&
      was.status === said.status &&
      was.reason === said.reason &&
      was.message === said.message;
    return {
      lastHeartbeatTime: same ? was.lastHeartbeatTime! : rfc3339(now),
      lastTransitionTime:
        was !== undefined && was.status === said.status ? was.lastTransitionTime! : rfc3339(now),
      message: said.message,
      reason: said.reason,
      status: said.status,
      type: said.type,
    };
  });
  for (const c of old) if (!conditions.some((x) => x.type === c.type)) conditions.push(c);
  const { cpu, memory, pods, ephemeralStorage } = machine.capacity;
  const resources = { cpu, 'ephemeral-storage': ephemeralStorage, memory, pods };
  const images = [...machine.images.keys()].slice(0, MAX_IMAGES).map(imageOf);
  const inUse = volumesInUse(k);
  const { volumesInUse: _, ...others } = before ?? {};
  // As withMembers; in the order in which upstream's struct has them.
  const told = {
    addresses: [
      { address: machine.ip, type: 'InternalIP' },
      { address: machine.name, type: 'Hostname' },
    ],
    allocatable: { ...resources, ...allocatableIn(before), ...resources },
    capacity: { ...before?.capacity, ...resources },
    conditions,
    daemonEndpoints: { kubeletEndpoint: { Port: 10250 } },
  };
  return Object.assign(
    {},
    others,
    told,
    images.length === 0 ? undefined : { images },
    { nodeInfo: nodeInfoOf(machine.name)(machine.bootId) },
    inUse.length === 0 ? undefined : { volumesInUse: inUse },
  );
}

/** `example.com/gpu`: of nobody's that Kubernetes knows. */
const isExtended = (name: string): boolean => name.includes('/') && !/(?:^|\.)kubernetes\.io\//.test(name);

function hasExtended(amounts: Readonly<Record<string, string>>): boolean {
  for (const name in amounts) if (isExtended(name)) return true;
  return false;
}

/**
 * What is allocatable of what others wrote: all of a capacity. Models MachineInfo of
 * pkg/kubelet/nodestatus/setters.go.
 */
function allocatableIn(status: Node['status'] | undefined): Readonly<Record<string, string>> {
  const { allocatable = {}, capacity = {} } = (status ?? {}) as Record<string, Record<string, string>>;
  if (!hasExtended(allocatable) && !hasExtended(capacity)) return allocatable;
  const kept = Object.entries(allocatable).filter(
    ([name]) => !isExtended(name) || capacity[name] !== undefined,
  );
  const given = Object.entries(capacity).filter(([name]) => isExtended(name));
  return Object.fromEntries([...kept, ...given]);
}

/** The Node as the kubelet makes it. Models initialNode of pkg/kubelet/kubelet_node_status.go. */
export function initialNode(k: Kubelet): Draft<Node> & Node {
  const { machine } = k;
  return {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: { name: machine.name, labels: labelsOf(machine) },
    spec:
      machine.taints.length === 0 ? {} : ({ taints: machine.taints.map((t) => ({ ...t })) } as Node['spec']),
    status: nodeStatusOf(k, undefined),
  } as Draft<Node> & Node;
}

/** Creates the Node object, or takes over the one there is; tried again until the API server takes it. */
export function register(k: Kubelet): void {
  const { ctx, machine, state } = k;
  try {
    const existing = ctx.api.find('Node', '', machine.name);
    if (existing === undefined) {
      const created = ctx.api.create<Node>(initialNode(k));
      if (created.status?.conditions === undefined)
        ctx.api.updateStatus<Node>({ ...created, status: nodeStatusOf(k, created.status) });
      publishCsiNode(k, created);
      ctx.event(created, 'Normal', 'NodeReady', `Node ${machine.name} status is now: NodeReady`);
    } else {
      adopt(k, existing);
      publishCsiNode(k, existing);
    }
    ctx.renewLease(machine.name, ctx.config.nodeLeaseRenewMs);
    state.registered = true;
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    // Where the server cannot be reached, the end of that is told (`reconnected`).
    if (error.reason !== 'Unreachable')
      ctx.schedule(REGISTER_RETRY_MS, { type: 'register' }, { timeout: true });
  }
}

/** The Node is there already: default labels are reconciled (updateDefaultLabels), a reboot is told. */
function adopt(k: Kubelet, existing: Node): void {
  const { ctx, machine } = k;
  const own = labelsOf(machine);
  const labels = { ...existing.metadata.labels };
  for (const label of RECONCILED_LABELS) if (own[label] !== undefined) labels[label] = own[label];
  let node = existing;
  if (!deepEqual(labels, existing.metadata.labels ?? {}))
    node = ctx.api.update<Node>({ ...existing, metadata: { ...existing.metadata, labels } });
  const before = node.status.nodeInfo?.bootID;
  if (before !== undefined && before !== machine.bootId) {
    ctx.event(
      node,
      'Warning',
      'Rebooted',
      `Node ${machine.name} has been rebooted, boot id: ${machine.bootId}`,
    );
  }
  writeNodeStatus(k, node);
}

const isReady = (node: Node): boolean =>
  (node.status.conditions ?? []).some((c) => c.type === 'Ready' && c.status === 'True');

function writeNodeStatus(k: Kubelet, node: Node): void {
  const { ctx, machine } = k;
  const status = nodeStatusOf(k, node.status);
  if (deepEqual(status, node.status)) return;
  const written = ctx.api.updateStatus<Node>({ ...node, status });
  if (isReady(written) === isReady(node)) return;
  const what = isReady(written) ? 'NodeReady' : 'NodeNotReady';
  ctx.event(written, 'Normal', what, `Node ${machine.name} status is now: ${what}`);
}

/** Brings the Node object's status up to date now; a write that fails is tried at the next period. */
export function updateNodeStatus(k: Kubelet): void {
  const { ctx, machine, state } = k;
  state.nodeStatusAt = NEVER;
  if (!state.registered) return;
  try {
    const node = ctx.api.find('Node', '', machine.name);
    // A Node that someone deleted is not made again before the kubelet's restart.
    if (node !== undefined) writeNodeStatus(k, node);
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    if (error.reason !== 'Unreachable') nodeStatusDue(k);
  }
}

/** The node's status is not what it was: it is written at the next tick of its period. */
export function nodeStatusDue(k: Kubelet): void {
  const { ctx, state } = k;
  if (state.nodeStatusAt >= ctx.now) return;
  const period = ctx.config.nodeStatusUpdateFrequencyMs;
  const wait = period - ((((ctx.now - state.nodeStatusPhaseMs) % period) + period) % period);
  state.nodeStatusAt = ctx.now + wait;
  ctx.schedule(wait, { type: 'nodeStatus' });
}

/**
 * Whether the API's copy of the node's conditions is not what this kubelet says (the node life cycle
 * controller set them to Unknown), or that of its disks: a write was lost.
 */
export function nodeNeedsUpdate(k: Kubelet, node: Node): boolean {
  const { allocatable = {} } = node.status;
  if (!deepEqual(allocatableIn(node.status), allocatable)) return true;
  if (!deepEqual(volumesInUse(k), node.status.volumesInUse ?? [])) return true;
  return conditionsNow(k).some(
    (said) => !(node.status.conditions ?? []).some((c) => c.type === said.type && c.status === said.status),
  );
}
