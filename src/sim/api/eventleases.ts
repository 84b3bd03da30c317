/**
 * How Events end. Each write of one puts it under an etcd lease that runs out after the Events' time to live;
 * the API server takes the same lease for all that it writes within a minute, so that they go together.
 * Models staging/src/k8s.io/apiserver/pkg/storage/etcd3/lease_manager.go and etcd's server/lease/lessor.go.
 */
import { Table } from '../kernel/fork.ts';
import type { EntryId, Millis } from '../kernel/types.ts';

/** A lease is taken again for a minute, or for a twentieth of the time to live where that is less. */
const REUSE_SECONDS = 60;
const REUSE_SHARE = 0.05;
const MOST_ATTACHED = 1000;

interface EventLease {
  expiresAt: Millis;
  /** How many writes took it. */
  attached: number;
  /** Keys in the store to the history's entry of the write. */
  readonly keys: Table<string, EntryId>;
}

/** Plain data; oldest first. A key is under one of them at most. */
export type EventLeases = EventLease[];

/**
 * Puts a key under a lease. @param isNew it is under no other. @returns when the lease runs out, where a new
 * one was granted
 */
export function attach(
  leases: EventLeases,
  key: string,
  entry: EntryId,
  isNew: boolean,
  ttlMs: Millis,
  now: Millis,
): Millis | undefined {
  if (!isNew) detach(leases, key);
  const reuseMs = Math.min(REUSE_SECONDS, Math.floor((ttlMs / 1000) * REUSE_SHARE)) * 1000;
  let lease = leases.at(-1);
  let granted: Millis | undefined;
  if (
    lease === undefined ||
    lease.attached >= MOST_ATTACHED ||
    lease.expiresAt <= now + ttlMs ||
    lease.expiresAt > now + ttlMs + reuseMs
  ) {
    granted = now + ttlMs + reuseMs;
    lease = { expiresAt: granted, attached: 0, keys: new Table() };
    leases.push(lease);
  }
  lease.attached += 1;
  lease.keys.set(key, entry);
  return granted;
}

/** The key is under none any more. */
export function detach(leases: EventLeases, key: string): void {
  leases.some(({ keys }) => keys.delete(key));
}

/** Takes off the leases that have run out. @returns the keys under them, each with its last write */
export function expire(leases: EventLeases, now: Millis): [key: string, entry: EntryId][] {
  const gone: [string, EntryId][] = [];
  for (let i = 0; i < leases.length; ) {
    if (leases[i]!.expiresAt > now) i += 1;
    else gone.push(...leases.splice(i, 1)[0]!.keys);
  }
  return gone;
}

/** A new leader lets every lease run anew. @returns when they run out, where there are any */
export function promote(leases: EventLeases, ttlMs: Millis, now: Millis): Millis | undefined {
  for (const lease of leases) lease.expiresAt = now + ttlMs;
  return leases.length === 0 ? undefined : now + ttlMs;
}
