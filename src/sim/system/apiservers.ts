/**
 * Several API servers behind one address, as kubeadm's with a load balancer before them: each stores by the
 * member of etcd beside it, and serves whom the balancer sends to it. When one is lost, watches and requests
 * of those connected to it break, and they connect to another once they notice. Controller managers and
 * schedulers ask the server of their own node (kubeadm, phases/kubeconfig). Left out: the balancer's own
 * checks, which send some connections to a server that is gone until they fail.
 */
import type { ControlPlane } from '../api/controlplane.ts';
import type { Inside } from '../context.ts';
import { type By, type EntryId, type Millis, type ProcessRecord } from '../kernel/types.ts';
import { CONTROL_PLANE, etcdProcess, reach, runs, serverProcess } from './links.ts';

/** A kubelet that gets no answer closes its connections (kubelet.go, onRepeatedHeartbeatFailure). */
const KUBELET_NOTICES_MS = 10_000;
/** Others ping a silent connection after 30 s, and give it up after 15 s (apimachinery/pkg/util/net). */
const SILENCE_NOTICED_MS = 45_000;

export interface ReconnectTask {
  readonly type: 'reconnect';
  readonly process: string;
}

/** @returns the history's entry of what follows */
export function serversChanged(inside: Inside, plane: ControlPlane, by: By): EntryId {
  let { cause } = by;
  for (const [node, member] of plane.members) {
    const able = runs(inside, serverProcess(node)) && runs(inside, etcdProcess(node));
    // One that begins reads from etcd before it answers; one that answers goes on to, of what it has.
    const serves = able && (plane.leader === '' ? member.serves : member.follows);
    if (serves === member.serves) continue;
    member.serves = serves;
    cause = inside.control.note(serves ? 'apiServerServes' : 'apiServerLost', { node }, by);
  }
  const { state } = inside.server;
  state.up = [...plane.members.values()].some(({ serves }) => serves);
  return cause;
}

/** Where a process runs; undefined: on no machine of the cluster. */
const machineOf = ({ args }: ProcessRecord): string | undefined =>
  args['node'] ?? args['server'] ?? args['member'];

/** Nodes of the API servers that would answer a process. */
function serversFor({ kernel, state }: Inside, { members }: ControlPlane, process: string): string[] {
  const record = kernel.processes.get(process)!;
  const own = record.args['server'] ?? record.args['member'];
  const from = machineOf(record);
  return [...members]
    .filter(
      ([node, { serves }]) =>
        serves &&
        (own === undefined || own === node) &&
        (from === undefined || reach(state.world, from, node)),
    )
    .map(([node]) => node);
}

/** The balancer sends a process to one that answers. @returns whether there is one */
export function take(inside: Inside, process: string): boolean {
  const plane = inside.server.state.plane!;
  plane.reconnecting.delete(process);
  const servers = serversFor(inside, plane, process);
  if (servers.length === 0) return false;
  const chosen = servers[Math.floor(inside.control.random('load-balancer') * servers.length)]!;
  plane.connections.set(process, chosen);
  return true;
}

/** A process that has none takes one that answers, and goes on by it. */
function connect(inside: Inside, process: string, by: By): void {
  if (!take(inside, process)) return;
  inside.hub.relink(process, by.cause);
  if (inside.server.state.quorum) inside.leases.resume(process, by.cause);
}

/** Connections to what is gone break; who has none takes one. */
export function connectAll(inside: Inside, plane: ControlPlane, by: By): void {
  const { kernel, state, hub, leases, control } = inside;
  for (const [process, node] of [...plane.connections]) {
    if (serversFor(inside, plane, process).includes(node)) continue;
    leases.end(process, by.cause);
    plane.connections.delete(process);
    hub.relink(process, by.cause);
    plane.reconnecting.add(process);
    const task: ReconnectTask = { type: 'reconnect', process };
    control.scheduleFor(CONTROL_PLANE, noticedAfterMs(inside, process, node), task, by);
  }
  for (const process of state.watchers.keys())
    if (
      kernel.processes.get(process)?.up === true &&
      !plane.connections.has(process) &&
      !plane.reconnecting.has(process)
    )
      connect(inside, process, by);
}

/** How long until a process knows that its server is gone: at once, where the machine says so. */
function noticedAfterMs({ kernel, state, latencies }: Inside, process: string, node: string): Millis {
  const record = kernel.processes.get(process)!;
  const from = machineOf(record);
  const answers =
    state.world.machines.get(node)?.power === 'on' && (from === undefined || reach(state.world, from, node));
  if (answers) return latencies.draw('apiCall', process);
  return record.component === 'kubelet' ? KUBELET_NOTICES_MS : SILENCE_NOTICED_MS;
}

export function reconnect(inside: Inside, plane: ControlPlane, process: string, by: By): void {
  plane.reconnecting.delete(process);
  if (inside.kernel.processes.get(process)?.up !== true || plane.connections.has(process)) return;
  connect(inside, process, by);
}
