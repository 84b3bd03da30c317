/**
 * A control plane of several nodes as plain data: members of etcd, API servers behind one address, leaders by
 * Lease. What becomes of it is in `system/`. Absent in clusters without control plane nodes, whose API server
 * and etcd are one each, and on no node.
 */
import type { Millis } from '../kernel/types.ts';

export interface ControlPlane {
  /** By the node that they are on, in the nodes' order. */
  readonly members: Map<string, Member>;
  /** Node of etcd's leader; '': there is none. */
  leader: string;
  /** Of the last leader. */
  term: number;
  /** Timer of the election under way; 0: none. */
  election: number;
  /** The API server that each process is connected to, by its node. */
  readonly connections: Map<string, string>;
  /** Processes that will connect anew, once they have found that their API server is gone. */
  readonly reconnecting: Set<string>;
  /** By name of the Lease, which is the component's. */
  readonly leaderships: Map<string, Leadership>;
}

/** What a control plane node has of the whole. */
export interface Member {
  /** etcd's process runs, and follows a leader or is the leader. */
  etcd: boolean;
  follows: boolean;
  /** The last revision that it has, as of the last time it followed. */
  revision: number;
  /** Its API server answers. */
  serves: boolean;
}

/**
 * Who holds a Lease for a component. Renewals that go on are no events (as those of nodes, `leases.ts`): the
 * Lease is written when they begin and end, and readers see the last of them.
 */
export interface Leadership {
  /** Process of the holder; '': it was released. */
  holder: string;
  renewing: boolean;
  /** The first renewal of this series. */
  since: Millis;
  /** The last of a series that has ended. */
  ended: Millis;
}

/** --leader-elect-retry-period: how often a leader renews. */
export const RETRY_PERIOD_MS = 2_000;

export function lastRenewalOf(leadership: Leadership, now: Millis): Millis {
  if (!leadership.renewing) return leadership.ended;
  const { since } = leadership;
  return since + Math.floor((now - since) / RETRY_PERIOD_MS) * RETRY_PERIOD_MS;
}
