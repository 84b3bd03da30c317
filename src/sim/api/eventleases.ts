/**
 * How Events end. Each write of one puts it under an etcd lease that runs out after the Events' time to live;
 * the API server takes the same lease for all that it writes within a minute, so that they go together.
 * Models staging/src/k8s.io/apiserver/pkg/storage/etcd3/lease_manager.go and etcd's server/lease/lessor.go.
 */
import type { EntryId, Millis } from '../kernel/types.ts';

/** A lease is taken again for a minute, or for a twentieth of the time to live where that is less. */
const REUSE_SECONDS = 60;
const REUSE_SHARE = 0.05;
const MOST_ATTACHED = 1000;

interface EventLease {
  readonly id: number;
  expiresAt: Millis;
  /** How many writes took it. */
  attached: number;
  /** Keys in the store to the history's entry of the write. */
  readonly keys: Map<string, EntryId>;
}

/** Plain data. */
export interface EventLeases {
  granted: number;
  /** Oldest first. */
  readonly leases: EventLease[];
  /** Key to the lease of the last write. */
  readonly current: Map<string, number>;
}

export const noLeases = (): EventLeases => ({ granted: 0, leases: [], current: new Map() });

/** Puts a key under a lease. @returns when that runs out, where a new one was granted for it */
export function attach(
  state: EventLeases,
  key: string,
  entry: EntryId,
  ttlMs: Millis,
  now: Millis,
): Millis | undefined {
  const reuseMs = Math.min(REUSE_SECONDS, Math.floor((ttlMs / 1000) * REUSE_SHARE)) * 1000;
  let lease = state.leases.at(-1);
  let granted: Millis | undefined;
  if (
    lease === undefined ||
    lease.attached >= MOST_ATTACHED ||
    lease.expiresAt <= now + ttlMs ||
    lease.expiresAt > now + ttlMs + reuseMs
  ) {
    state.granted += 1;
    granted = now + ttlMs + reuseMs;
    lease = { id: state.granted, expiresAt: granted, attached: 0, keys: new Map() };
    state.leases.push(lease);
  }
  lease.attached += 1;
  lease.keys.set(key, entry);
  state.current.set(key, lease.id);
  return granted;
}

/** Takes off the leases that have run out. @returns the keys under them, each with its last write */
export function expire(state: EventLeases, now: Millis): [key: string, entry: EntryId][] {
  const gone: [string, EntryId][] = [];
  for (let i = 0; i < state.leases.length; ) {
    const { id, expiresAt, keys } = state.leases[i]!;
    if (expiresAt > now) {
      i += 1;
      continue;
    }
    state.leases.splice(i, 1);
    for (const [key, entry] of keys) {
      if (state.current.get(key) !== id) continue;
      state.current.delete(key);
      gone.push([key, entry]);
    }
  }
  return gone;
}

/** A new leader lets every lease run anew. @returns when they run out, where there are any */
export function promote(state: EventLeases, ttlMs: Millis, now: Millis): Millis | undefined {
  for (const lease of state.leases) lease.expiresAt = now + ttlMs;
  return state.leases.length === 0 ? undefined : now + ttlMs;
}
