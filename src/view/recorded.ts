/** A session that knows only what was written down. */
import jsonPatch from 'fast-json-patch';
import type { EntryId, Millis } from '../sim/kernel/types.ts';
import { levelsOf, type Changed, type Level } from './model/levels.ts';
import type { ChangeEntry, Entry, Flow, Happened, Printed, Traffic, Truth } from './run.ts';
import { chainOf, type Difference, type LiveSession, type Session } from './session.ts';

const keyOf = ({ kind, namespace, name }: ChangeEntry): string => `${kind} ${namespace}/${name}`;

/** The object as a change left it, from how it was. */
function changed(before: unknown, { change, object, patch }: ChangeEntry): unknown {
  if (change === 'created') return object;
  if (change === 'deleted' || before === undefined || patch === undefined) return undefined;
  return patch.reduce(
    (is, operation) => jsonPatch.applyOperation(is, operation as never).newDocument,
    structuredClone(before),
  );
}

const CANNOT = 'this run cannot be replayed: steps of its own took part in it';

export class RecordedSession implements Session {
  readonly endedAt: Millis;
  readonly entries: readonly Entry[];
  readonly truths: readonly Truth[];
  private readonly byId: ReadonlyMap<EntryId, Entry>;

  constructor({ endedAt, entries, truths }: Happened) {
    this.endedAt = endedAt;
    this.entries = entries;
    this.truths = truths;
    this.byId = new Map(entries.map((e) => [e.id, e]));
  }

  /** Walks the changes; stops where told. @param seen told of each, with its object before and after */
  private walk(seen: (entry: ChangeEntry, before: unknown, after: unknown) => boolean): void {
    const objects = new Map<string, unknown>();
    for (const entry of this.entries) {
      if (entry.type !== 'api') continue;
      const before = objects.get(keyOf(entry));
      const after = changed(before, entry);
      if (seen(entry, before, after)) return;
      if (after === undefined) objects.delete(keyOf(entry));
      else objects.set(keyOf(entry), after);
    }
  }

  stateAt(at: Millis): Promise<readonly unknown[]> {
    const objects = new Map<string, unknown>();
    this.walk((entry, _, after) => {
      if (entry.at > at) return true;
      if (after === undefined) objects.delete(keyOf(entry));
      else objects.set(keyOf(entry), after);
      return false;
    });
    return Promise.resolve([...objects.values()]);
  }

  kubectl(_line: string, _at: Millis): Promise<Printed> {
    return Promise.reject(new Error(CANNOT));
  }

  fork(): Promise<LiveSession> {
    return Promise.reject(new Error(CANNOT));
  }

  levels(): Promise<readonly Level[]> {
    const changes: Changed[] = [];
    this.walk(({ at, kind, namespace, name }, _, after) => {
      changes.push({ at, kind, namespace, name, after });
      return false;
    });
    return Promise.resolve(levelsOf(changes));
  }

  traffic(): Promise<readonly Traffic[]> {
    return Promise.resolve([]);
  }

  flows(): Promise<readonly Flow[]> {
    return Promise.resolve([]);
  }

  why(entry: EntryId): readonly Entry[] {
    return chainOf(this.byId, entry);
  }

  difference(id: EntryId): Promise<Difference> {
    let found: Difference = {};
    this.walk((entry, before, after) => {
      if (entry.id === id) found = { before, after };
      return entry.id === id;
    });
    return Promise.resolve(found);
  }
}
