/** Entries of a history as a viewer holds them: what it tells of each, without the objects themselves. */
import { changesOf } from '../messages/changes.ts';
import type { HistoryEntry } from '../sim/kernel/history.ts';
import type { Message } from '../sim/kernel/types.ts';
import type { ChangeEntry, Entry } from './run.ts';

interface EventObject {
  readonly reason?: string;
  readonly message?: string;
  readonly involvedObject?: { readonly kind?: string; readonly name?: string };
}

/** What an Event tells. @param object of kind Event */
export function eventOf(object: unknown): NonNullable<ChangeEntry['event']> {
  const { reason = '', message = '', involvedObject } = object as EventObject;
  return {
    reason,
    message,
    about: `${involvedObject?.kind?.toLowerCase() ?? ''} ${involvedObject?.name ?? ''}`.trim(),
  };
}

/** Names tell a reader more than uids do. */
export function withoutUid(args: Message['args']): Message['args'] {
  const { uid: _, ...others } = args;
  return others;
}

export function entryOf(e: HistoryEntry): Entry {
  const { id, at, by, cause } = e;
  if (e.type !== 'api') return { id, at, by, cause, type: e.type, key: e.key, args: withoutUid(e.args) };
  const { kind, namespace, name, before, after } = e;
  const change = before === undefined ? 'created' : after === undefined ? 'deleted' : 'updated';
  const told = {
    id,
    at,
    by,
    cause,
    type: e.type,
    kind,
    namespace,
    name,
    change,
    says: changesOf(e),
  } as const;
  return kind === 'Event' && change === 'created' ? { ...told, event: eventOf(after) } : told;
}
