/** Entries of the history as a record holds them: what was created whole, what was updated as a patch. */
import jsonPatch from 'fast-json-patch';
import { changesOf } from '../messages/changes.ts';
import type { HistoryEntry } from '../sim/kernel/history.ts';
import type { EntryId, Millis } from '../sim/kernel/types.ts';
import type { EntryRecord } from './record.ts';

/** A record of everything holds so many entries at most: the newest, and whatever a verdict needs. */
const MAX_ENTRIES = 20_000;

function entryRecord(e: HistoryEntry, beganAt: Millis): EntryRecord {
  const { id, by, cause } = e;
  const at = e.at - beganAt;
  if (e.type !== 'api') return { id, at, by, cause, type: e.type, key: e.key, args: e.args };
  const { kind, namespace, name, revision, before, after } = e;
  const change = before === undefined ? 'created' : after === undefined ? 'deleted' : 'updated';
  return {
    id,
    at,
    by,
    cause,
    type: 'api',
    kind,
    namespace,
    name,
    revision,
    change,
    says: changesOf(e),
    ...(change === 'created' ? { object: after } : {}),
    ...(change === 'updated' ? { patch: jsonPatch.compare(before as object, after as object) } : {}),
  };
}

/**
 * @param beganAt from when a record counts
 * @param needed entries that must be there, their causes among them
 * @returns oldest first, and how many of the oldest were left out
 */
export function entriesOf(
  history: readonly HistoryEntry[],
  beganAt: Millis,
  needed: ReadonlySet<EntryId>,
  everything: boolean,
): { readonly entries: EntryRecord[]; readonly dropped: number } {
  if (!everything)
    return {
      entries: history.filter((e) => needed.has(e.id)).map((e) => entryRecord(e, beganAt)),
      dropped: 0,
    };
  const first = Math.max(0, history.length - MAX_ENTRIES);
  const kept = history.filter((e, i) => i >= first || needed.has(e.id));
  return { entries: kept.map((e) => entryRecord(e, beganAt)), dropped: history.length - kept.length };
}
