/**
 * A control plane of several nodes. What it comes to follows from which of its processes run and which of its
 * nodes reach each other, and is worked out anew whenever that changes: whether etcd has a leader, which API
 * servers answer, who is connected to which, whose Leases are renewed.
 */
import type { ControlPlane, Member } from '../api/controlplane.ts';
import type { Inside } from '../context.ts';
import { because, type By } from '../kernel/types.ts';
import { connectAll, reconnect, type ReconnectTask, serversChanged } from './apiservers.ts';
import { elected, type ElectionTask, etcdChanged } from './etcdmembers.ts';
import { leadersChanged } from './leaders.ts';
import { CONTROL_PLANE } from './links.ts';

/** The plane of these nodes, of which nothing runs yet. */
export function emptyPlane(nodes: readonly string[]): ControlPlane {
  const member = (): Member => ({ etcd: false, follows: false, revision: 0, serves: false });
  return {
    members: new Map(nodes.map((node) => [node, member()])),
    leader: '',
    term: 0,
    election: 0,
    connections: new Map(),
    reconnecting: new Set(),
    leaderships: new Map(),
  };
}

/** Processes began or ended, or wires were cut or mended. */
export function controlPlaneChanged(inside: Inside, by: By): void {
  const { plane } = inside.server.state;
  if (plane === undefined || !inside.control.has(CONTROL_PLANE)) return;
  const since = because(by, etcdChanged(inside, plane, by));
  const then = because(since, serversChanged(inside, plane, since));
  connectAll(inside, plane, then);
  leadersChanged(inside, plane, then);
}

export type PlaneTask = ElectionTask | ReconnectTask;

/** What is due for the plane as a whole. */
export function doForPlane(inside: Inside, task: PlaneTask, by: By): void {
  const plane = inside.server.state.plane!;
  if (task.type === 'elected')
    controlPlaneChanged(inside, because(by, elected(inside, plane, task.node, by)));
  else {
    reconnect(inside, plane, task.process, by);
    leadersChanged(inside, plane, by);
  }
}
