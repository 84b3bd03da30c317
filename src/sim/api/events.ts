/**
 * Events and their aggregation. Models client-go tools/record/events_cache.go: equal events raise a count;
 * from the tenth of a kind on with differing messages, none ten minutes after the other, they are combined; a
 * source may write 25 events about an object at once, then one in five minutes. What a recorder remembers is
 * bounded: of thousands of objects it knows the latest.
 */
import { Cells, Table } from '../kernel/fork.ts';
import type { Millis } from '../kernel/types.ts';
import { rfc3339 } from './time.ts';
import type { Event, KubeObject, ObjectMeta } from './types.ts';

const SPAM_BURST = 25;
const SPAM_REFILL_MS = 300_000;
const AGGREGATE_AFTER = 10;
const AGGREGATE_WINDOW_MS = 600_000;

export interface EventDraft {
  readonly about: KubeObject;
  readonly type: 'Normal' | 'Warning';
  readonly reason: string;
  readonly message: string;
  readonly source: string;
  readonly host?: string;
  readonly fieldPath?: string;
}

/** How many entries each cache of a recorder holds (maxLruCacheEntries). */
const CACHE_SIZE = 4096;

/** How many Events may be written yet about an object. */
interface Bucket {
  readonly tokens: number;
  readonly at: Millis;
}

/** The different messages of a kind in its window, oldest first: fewer than ten. */
interface Window {
  messages: string[];
  last: Millis;
}

const tokensAt = ({ tokens, at }: Bucket, now: Millis): number =>
  Math.min(SPAM_BURST, tokens + (now - at) / SPAM_REFILL_MS);

const isOver = ({ last }: Window, now: Millis): boolean => now - last > AGGREGATE_WINDOW_MS;

/** What one recorder remembers, each cache with the entry asked for last at its end. */
interface Recorder {
  /** Full key to the Event. */
  readonly seen: Map<string, { readonly name: string; readonly first: string; readonly count: number }>;
  /** By key without message. */
  readonly similar: Map<string, Window>;
  /** By object. */
  readonly spam: Map<string, Bucket>;
}

/** The recorders of a cluster by source and host; each correlates by itself. */
export type Correlation = Map<string, Recorder>;

export const emptyCorrelation = (): Correlation => new Cells();

/**
 * Forgets those at the beginning that are as good as none, as far as there are such: caches are ordered by
 * when their entries were last asked for. What is behind one that still counts stays, so that a full cache
 * loses the entries that upstream's loses.
 */
function forget<V>(cache: Map<string, V>, isSpent: (value: V) => boolean): void {
  const spent: string[] = [];
  for (const key of cache.keys()) {
    if (!isSpent(cache.get(key)!)) break;
    spent.push(key);
  }
  for (const key of spent) cache.delete(key);
}

/** Keeps a value under a key, the one asked for last; the one not asked for the longest makes room for it. */
function keep<V>(cache: Map<string, V>, key: string, value: V): void {
  cache.delete(key);
  cache.set(key, value);
  if (cache.size > CACHE_SIZE) cache.delete(cache.keys().next().value!);
}

/** What a recorder sends: an Event of its own, or the next of one that it has sent before. */
export interface Recording {
  readonly namespace: string;
  readonly name: string;
  /** How often it happened; 1: it is sent for the first time. */
  readonly count: number;
  readonly lastTimestamp: string;
  readonly message: string;
  /** The whole Event, for where there is none of that name (any more). */
  event(metadata: ObjectMeta): Event;
}

/**
 * Decides what a recorder does with an event; undefined: it is dropped as spam.
 * @param nameNew names an Event that is the first of its kind
 */
export function correlate(
  state: Correlation,
  draft: EventDraft,
  now: Millis,
  nameNew: () => string,
): Recording | undefined {
  const { about } = draft;
  const of = draft.host === undefined ? draft.source : `${draft.source}|${draft.host}`;
  let recorder = state.get(of);
  if (recorder === undefined)
    state.set(of, (recorder = { seen: new Table(), similar: new Cells(), spam: new Table() }));
  // The uid stands for kind, namespace and name, which upstream's key holds beside it.
  const { uid } = about.metadata;
  const bucket = recorder.spam.get(uid);
  if (bucket === undefined) forget(recorder.spam, (other) => tokensAt(other, now) === SPAM_BURST);
  const tokens = bucket === undefined ? SPAM_BURST : tokensAt(bucket, now);
  keep(recorder.spam, uid, tokens < 1 ? bucket! : { tokens: tokens - 1, at: now });
  if (tokens < 1) return undefined;

  const group = `${uid}|${draft.type}|${draft.reason}`;
  let similar = recorder.similar.get(group);
  if (similar === undefined || isOver(similar, now)) {
    forget(recorder.similar, (other) => isOver(other, now));
    similar = { messages: [], last: now };
  }
  keep(recorder.similar, group, similar);
  if (!similar.messages.includes(draft.message)) similar.messages.push(draft.message);
  similar.last = now;
  const combined = similar.messages.length >= AGGREGATE_AFTER;
  // The list grows no longer: one of its messages goes, so that the next new one makes it full again.
  if (combined) similar.messages.shift();
  const message = combined ? `(combined from similar events): ${draft.message}` : draft.message;
  const key = combined ? `${group}|` : `${group}|${draft.fieldPath ?? ''}|${draft.message}`;

  const seen = recorder.seen.get(key);
  const lastTimestamp = rfc3339(now);
  const first = seen?.first ?? lastTimestamp;
  const count = (seen?.count ?? 0) + 1;
  const name = seen?.name ?? nameNew();
  keep(recorder.seen, key, { name, first, count });
  return {
    namespace: about.metadata.namespace ?? 'default',
    name,
    count,
    lastTimestamp,
    message,
    event: (metadata) => ({
      apiVersion: 'v1',
      kind: 'Event',
      metadata,
      involvedObject: objectReference(about, draft.fieldPath),
      reason: draft.reason,
      message,
      type: draft.type,
      count,
      firstTimestamp: first,
      lastTimestamp,
      source:
        draft.host === undefined
          ? { component: draft.source }
          : { component: draft.source, host: draft.host },
      reportingComponent: draft.source,
    }),
  };
}

function objectReference(
  { apiVersion, kind, metadata }: KubeObject,
  fieldPath: string | undefined,
): Event['involvedObject'] {
  const { namespace, name, uid } = metadata;
  const reference: Event['involvedObject'] =
    namespace === undefined ? { kind, name, uid, apiVersion } : { kind, namespace, name, uid, apiVersion };
  if (fieldPath !== undefined) reference.fieldPath = fieldPath;
  return reference;
}
