/**
 * Node Leases. A kubelet renews its Lease every ten seconds; while that goes on unhindered nothing depends on
 * the single renewals, so they are computed when read and written only when they stop or resume (DESIGN:
 * events only when something can change).
 */
import type { Heartbeat } from './client.ts';
import type { EntryId, Millis } from '../kernel/types.ts';

export interface LeaseRenewals {
  readonly node: string;
  /** The kubelet's process. */
  readonly process: string;
  readonly periodMs: Millis;
  /** The first renewal of this series; the others follow every `periodMs`. */
  since: Millis;
  renewing: boolean;
  /** The last renewal of a series that has ended. */
  ended: Millis;
  /** The history's entry of the last write of the Lease. */
  entry: EntryId;
}

export function lastRenewal(lease: LeaseRenewals, now: Millis): Millis {
  if (!lease.renewing) return lease.ended;
  return lease.since + Math.floor((now - lease.since) / lease.periodMs) * lease.periodMs;
}

export function heartbeatOf(lease: LeaseRenewals | undefined, now: Millis): Heartbeat | undefined {
  return lease === undefined
    ? undefined
    : { last: lastRenewal(lease, now), renewing: lease.renewing, entry: lease.entry };
}
