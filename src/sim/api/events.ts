/**
 * Events and their aggregation. Models client-go tools/record/events_cache.go: equal events raise a count;
 * from the tenth of a kind on with differing messages, none ten minutes after the other, they are combined; a
 * source may write 25 events about an object at once, then one in five minutes.
 */
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

/** State of the correlation, shared by all recorders of a cluster (keys hold the source). */
export interface Correlation {
  /** Full key to the Event's namespace/name. */
  readonly seen: Map<string, { name: string; count: number }>;
  /** Key without message to the different messages of the window, oldest first: fewer than ten. */
  readonly similar: Map<string, { messages: string[]; last: Millis }>;
  readonly spam: Map<string, { tokens: number; at: Millis }>;
}

export const emptyCorrelation = (): Correlation => ({ seen: new Map(), similar: new Map(), spam: new Map() });

export type Recording =
  | {
      readonly write: 'create';
      readonly event: (metadata: ObjectMeta) => Event;
      readonly key: string;
      readonly namespace: string;
    }
  | {
      readonly write: 'count';
      readonly name: string;
      readonly namespace: string;
      readonly count: number;
      readonly at: string;
      readonly message: string;
    }
  | { readonly write: 'drop' };

/** Decides what a recorder does with an event: write a new one, raise a count, or drop it as spam. */
export function correlate(state: Correlation, draft: EventDraft, now: Millis): Recording {
  const { about } = draft;
  // The uid stands for kind, namespace and name, which upstream's key holds beside it.
  const subject = `${draft.source}|${about.metadata.uid}`;
  const bucket = state.spam.get(subject);
  const tokens =
    bucket === undefined
      ? SPAM_BURST
      : Math.min(SPAM_BURST, bucket.tokens + (now - bucket.at) / SPAM_REFILL_MS);
  if (tokens < 1) return { write: 'drop' };
  state.spam.set(subject, { tokens: tokens - 1, at: now });

  const group = `${subject}|${draft.type}|${draft.reason}`;
  let similar = state.similar.get(group);
  if (similar === undefined || now - similar.last > AGGREGATE_WINDOW_MS)
    state.similar.set(group, (similar = { messages: [], last: now }));
  if (!similar.messages.includes(draft.message)) similar.messages.push(draft.message);
  similar.last = now;
  const combined = similar.messages.length >= AGGREGATE_AFTER;
  // The list grows no longer: one of its messages goes, so that the next new one makes it full again.
  if (combined) similar.messages.shift();
  const message = combined ? `(combined from similar events): ${draft.message}` : draft.message;
  const key = combined ? `${group}|` : `${group}|${draft.fieldPath ?? ''}|${draft.message}`;

  const namespace = about.metadata.namespace ?? 'default';
  const seen = state.seen.get(key);
  if (seen !== undefined) {
    seen.count += 1;
    return { write: 'count', name: seen.name, namespace, count: seen.count, at: rfc3339(now), message };
  }
  const time = rfc3339(now);
  const involvedObject = objectReference(about, draft.fieldPath);
  const source: Event['source'] =
    draft.host === undefined ? { component: draft.source } : { component: draft.source, host: draft.host };
  const { reason, type } = draft;
  return {
    write: 'create',
    key,
    namespace,
    event: (metadata) => ({
      apiVersion: 'v1',
      kind: 'Event',
      metadata,
      involvedObject,
      reason,
      message,
      type,
      count: 1,
      firstTimestamp: time,
      lastTimestamp: time,
      source,
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
