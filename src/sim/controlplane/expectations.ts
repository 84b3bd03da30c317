/**
 * What a controller still waits to see in its cache of its own creates and deletes, so that a late cache does
 * not make it repeat them. Deletions are tracked by pod uid, since a deletion may be seen twice (mark and
 * removal). Models pkg/controller/controller_utils.go (UIDTrackingControllerExpectations).
 */
import type { Millis } from '../kernel/types.ts';
import type { Bug } from '../planted.ts';

/** Expectations that were not met are given up after this long. */
const EXPIRY_MS = 5 * 60_000;

export interface Expectation {
  /** Creations not seen yet; may fall below 0 when others create too. */
  creations: number;
  /** Uids whose deletion was not seen yet. */
  deletions: Set<string>;
  at: Millis;
}

/** By key of the controlling object. */
export type Expectations = Map<string, Expectation>;

export function expect(
  all: Expectations,
  key: string,
  creations: number,
  deletions: readonly string[],
  now: Millis,
): void {
  all.set(key, { creations, deletions: new Set(deletions), at: now });
}

export function creationObserved(all: Expectations, key: string, count = 1): void {
  const e = all.get(key);
  if (e !== undefined) e.creations -= count;
}

export function deletionObserved(all: Expectations, key: string, uid: string): void {
  all.get(key)?.deletions.delete(uid);
}

/**
 * Whether the cache has caught up with the controller's own writes, or waiting for it makes no sense any
 * more.
 */
export function isSatisfied(all: Expectations, key: string, now: Millis, planted?: Bug): boolean {
  const e = all.get(key);
  if (e === undefined || planted === 'expectations-dropped') return true;
  return (e.creations <= 0 && e.deletions.size === 0) || now - e.at > EXPIRY_MS;
}

export function forgetExpectations(all: Expectations, key: string): void {
  all.delete(key);
}
