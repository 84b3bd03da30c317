/**
 * The store as it was and what became of it since, read from the history, which is what a real server keeps
 * in its watch cache.
 */
import { ApiError } from '../../sim/api/errors.ts';
import { keyOf } from '../../sim/api/store.ts';
import type { KubeObject } from '../../sim/api/types.ts';
import type { HistoryEntry } from '../../sim/kernel/history.ts';
import type { Millis } from '../../sim/kernel/types.ts';
import type { Source } from './call.ts';

export type Write = Extract<HistoryEntry, { type: 'api' }>;

/** How long a server keeps what was: etcd is compacted every five minutes. */
const COMPACTED_AFTER_MS: Millis = 300_000;

export const expired = (message: string): ApiError => new ApiError('Expired', message);

/** Of a watch. */
export const tooOld = (asked: number, oldest: number): ApiError =>
  expired(`too old resource version: ${asked} (${oldest})`);

const isWrite = (entry: HistoryEntry): entry is Write => entry.type === 'api';

/** The last revision of which nothing is known any more; reads as of it or before cannot be answered. */
export function compactedRevision(source: Source): number {
  const entries = source.history;
  const horizon = source.now - COMPACTED_AFTER_MS;
  let low = 0;
  let high = entries.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (entries[middle]!.at < horizon) low = middle + 1;
    else high = middle;
  }
  for (let i = low - 1; i >= 0; i -= 1) {
    const entry = entries[i]!;
    if (isWrite(entry)) return entry.revision;
  }
  // What the history itself has let go was before the first write that it has.
  if ((entries[0]?.id ?? 1) === 1) return 0;
  const first = entries.find(isWrite);
  return first === undefined ? source.revision : first.revision - 1;
}

/** Where in the entries kept what followed a revision begins. */
export function firstBehind(entries: readonly HistoryEntry[], revision: number): number {
  let first = entries.length;
  while (first > 0) {
    const entry = entries[first - 1]!;
    if (isWrite(entry) && entry.revision <= revision) break;
    first -= 1;
  }
  return first;
}

/** Writes to a resource behind a revision, oldest first. */
function* writesSince(source: Source, resource: string, revision: number): IterableIterator<Write> {
  const entries = source.history;
  for (let i = firstBehind(entries, revision); i < entries.length; i += 1) {
    const entry = entries[i]!;
    if (isWrite(entry) && entry.resource === resource) yield entry;
  }
}

/** The objects of a resource as they were at a revision, in the order of their keys. */
export function objectsAt(
  source: Source,
  resource: string,
  current: readonly KubeObject[],
  revision: number,
): KubeObject[] {
  const objects = new Map(
    current.map((o) => [keyOf(o.metadata.namespace ?? '', o.metadata.name), o] as const),
  );
  for (const write of [...writesSince(source, resource, revision)].reverse()) {
    const key = keyOf(write.namespace, write.name);
    if (write.before === undefined) objects.delete(key);
    else objects.set(key, write.before as KubeObject);
  }
  return [...objects].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)).map(([, object]) => object);
}
