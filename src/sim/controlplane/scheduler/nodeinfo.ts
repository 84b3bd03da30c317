/**
 * What the scheduler knows of one node: the pods on it (bound or assumed) and what they take.
 * Models pkg/scheduler/framework/types.go (NodeInfo, HostPortInfo). Plain data; pods are the immutable API
 * objects.
 */
import { ANY_IP, type HostPort, hostPorts } from '../../api/hostports.ts';
import type { Node, Pod } from '../../api/types.ts';
import { Table } from '../../kernel/fork.ts';
import { allocatableOf, podRequests, type Allocatable } from './requests.ts';

export interface NodeInfo {
  readonly name: string;
  /** Undefined while pods name a node that does not exist (yet, or any more). */
  node: Node | undefined;
  allocatable: Allocatable;
  readonly pods: Map<string, Pod>;
  milliCPU: number;
  memory: number;
  ephemeralStorage: number;
  nonZeroMilliCPU: number;
  nonZeroMemory: number;
  readonly scalars: Map<string, number>;
  /** `TCP/80/0.0.0.0` to how many pods use it. */
  readonly ports: Map<string, number>;
  /** Another one after every change, and no other node's. */
  generation: number;
  /** Where it stands in the snapshot of the nodes. */
  place: number;
}

export const emptyNodeInfo = (name: string, node?: Node): NodeInfo => ({
  name,
  node,
  allocatable: allocatableOf(node),
  pods: new Table(),
  milliCPU: 0,
  memory: 0,
  ephemeralStorage: 0,
  nonZeroMilliCPU: 0,
  nonZeroMemory: 0,
  scalars: new Map(),
  ports: new Map(),
  generation: 0,
  place: -1,
});

/** A copy to try things out on. */
export function cloneNodeInfo(info: NodeInfo): NodeInfo {
  return { ...info, pods: new Table(info.pods), scalars: new Map(info.scalars), ports: new Map(info.ports) };
}

function change(map: Map<string, number>, key: string, by: number): void {
  const value = (map.get(key) ?? 0) + by;
  if (value === 0) map.delete(key);
  else map.set(key, value);
}

function take(info: NodeInfo, pod: Pod, sign: 1 | -1): void {
  const { requests, nonZeroMilliCPU, nonZeroMemory } = podRequests(pod);
  info.milliCPU += sign * requests.milliCPU;
  info.memory += sign * requests.memory;
  info.ephemeralStorage += sign * requests.ephemeralStorage;
  info.nonZeroMilliCPU += sign * nonZeroMilliCPU;
  info.nonZeroMemory += sign * nonZeroMemory;
  if (requests.scalars !== undefined)
    for (const name in requests.scalars) change(info.scalars, name, sign * requests.scalars[name]!);
  for (const port of hostPorts(pod)) change(info.ports, `${port.protocol}/${port.port}/${port.ip}`, sign);
}

export function addPod(info: NodeInfo, pod: Pod): void {
  info.pods.set(pod.metadata.uid, pod);
  take(info, pod, 1);
}

/** Nothing when the pod is not there. */
export function removePod(info: NodeInfo, uid: string): Pod | undefined {
  const pod = info.pods.get(uid);
  if (pod === undefined) return undefined;
  info.pods.delete(uid);
  take(info, pod, -1);
  return pod;
}

/**
 * Whether a wanted port clashes with one in use: same protocol and number, and the same address or either of
 * them any address.
 */
export function portTaken(info: NodeInfo, wanted: HostPort): boolean {
  if (info.ports.size === 0) return false;
  const prefix = `${wanted.protocol}/${wanted.port}/`;
  if (wanted.ip !== ANY_IP) return info.ports.has(prefix + ANY_IP) || info.ports.has(prefix + wanted.ip);
  for (const used of info.ports.keys()) if (used.startsWith(prefix)) return true;
  return false;
}
