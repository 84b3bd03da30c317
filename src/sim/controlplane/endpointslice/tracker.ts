/**
 * What a controller has written of its EndpointSlices, to know when its cache is behind.
 * Models staging/src/k8s.io/endpointslice/util/endpointslice_tracker.go, with resource versions (which grow
 * in a simulated cluster) in place of versions.
 */
import type { EndpointSlice } from '../../api/types.ts';

const DELETION_EXPECTED = -1;

/** Owner `namespace/name` to slice uid to the resource version last written; plain data. */
export type SliceTracker = Map<string, Map<string, number>>;

const versionOf = (slice: EndpointSlice): number => Number(slice.metadata.resourceVersion);

export function trackWrite(tracker: SliceTracker, owner: string, slice: EndpointSlice): void {
  let versions = tracker.get(owner);
  if (versions === undefined) tracker.set(owner, (versions = new Map()));
  versions.set(slice.metadata.uid, versionOf(slice));
}

export function expectDeletion(tracker: SliceTracker, owner: string, slice: EndpointSlice): void {
  let versions = tracker.get(owner);
  if (versions === undefined) tracker.set(owner, (versions = new Map()));
  versions.set(slice.metadata.uid, DELETION_EXPECTED);
}

/** Whether a slice changed in a way the controller did not write. */
export function changedByOthers(tracker: SliceTracker, owner: string, slice: EndpointSlice): boolean {
  const known = tracker.get(owner)?.get(slice.metadata.uid);
  return known === undefined || versionOf(slice) > known;
}

/** Takes a slice's deletion in. @returns whether it was expected */
export function trackDeletion(tracker: SliceTracker, owner: string, slice: EndpointSlice): boolean {
  const versions = tracker.get(owner);
  const known = versions?.get(slice.metadata.uid);
  versions?.delete(slice.metadata.uid);
  if (versions?.size === 0) tracker.delete(owner);
  return known === undefined || known === DELETION_EXPECTED;
}

/** Whether the slices, as a cache shows them, lag behind what was written. */
export function isStale(tracker: SliceTracker, owner: string, slices: readonly EndpointSlice[]): boolean {
  const versions = tracker.get(owner);
  if (versions === undefined) return false;
  const shown = new Set<string>();
  for (const slice of slices) {
    shown.add(slice.metadata.uid);
    const known = versions.get(slice.metadata.uid);
    if (known !== undefined && (known === DELETION_EXPECTED || known > versionOf(slice))) return true;
  }
  for (const [uid, known] of versions) if (known !== DELETION_EXPECTED && !shown.has(uid)) return true;
  return false;
}
