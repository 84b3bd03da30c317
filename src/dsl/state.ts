/**
 * What the API held at a moment of the history: rebuilt by walking its changes, each of which says what it
 * left behind.
 */
import type { KubeObject, ObjectOf, ResourceName } from '../sim/api/types.ts';
import type { HistoryEntry } from '../sim/kernel/history.ts';
import type { EntryId } from '../sim/kernel/types.ts';
import { wrong } from './errors.ts';

type Table = Map<string, KubeObject>;

export interface ApiState {
  /** By group resource. */
  readonly tables: Map<string, Table>;
  /** The group resource of each kind, as objects of it were met: the first of its name. */
  readonly kinds: Map<string, string>;
  /** The last entry taken in. */
  upTo: EntryId;
}

export const emptyState = (): ApiState => ({ tables: new Map(), kinds: new Map(), upTo: 0 });

const keyOf = (namespace: string, name: string): string => `${namespace}/${name}`;

export function applyEntry(state: ApiState, entry: HistoryEntry): void {
  state.upTo = entry.id;
  if (entry.type !== 'api') return;
  let table = state.tables.get(entry.resource);
  if (table === undefined) {
    state.tables.set(entry.resource, (table = new Map()));
    if (!state.kinds.has(entry.kind)) state.kinds.set(entry.kind, entry.resource);
  }
  if (entry.after === undefined) table.delete(keyOf(entry.namespace, entry.name));
  else table.set(keyOf(entry.namespace, entry.name), entry.after as KubeObject);
}

/**
 * Takes in what has happened since `state.upTo`, up to and including `last`. @throws InputError when the
 * history no longer holds it
 */
export function advanceState(
  state: ApiState,
  history: readonly HistoryEntry[],
  last: EntryId = Number.POSITIVE_INFINITY,
): void {
  for (const entry of entriesAfter(history, state.upTo)) {
    if (entry.id > last) return;
    applyEntry(state, entry);
  }
}

/** The entries that follow `id`, oldest first; ids grow by one from entry to entry. */
export function* entriesAfter(history: readonly HistoryEntry[], id: EntryId): Generator<HistoryEntry> {
  for (let i = placeAfter(history, id); i < history.length; i += 1) yield history[i]!;
}

/** The first of them; undefined: there is none. */
export const entryAfter = (history: readonly HistoryEntry[], id: EntryId): HistoryEntry | undefined =>
  history[placeAfter(history, id)];

function placeAfter(history: readonly HistoryEntry[], id: EntryId): number {
  const first = history[0]?.id ?? id + 1;
  if (first > id + 1) throw wrong('historyCut', {});
  return id + 1 - first;
}

export function copyState(state: ApiState): ApiState {
  return {
    tables: new Map([...state.tables].map(([resource, table]) => [resource, new Map(table)])),
    kinds: new Map(state.kinds),
    upTo: state.upTo,
  };
}

/** By kind, or by group resource. */
const tableOf = (state: ApiState, name: ResourceName): Table | undefined =>
  state.tables.get(state.kinds.get(name) ?? name);

export function getObject<R extends ResourceName>(
  state: ApiState,
  resource: R,
  namespace: string,
  name: string,
): ObjectOf<R> | undefined {
  return tableOf(state, resource)?.get(keyOf(namespace, name)) as ObjectOf<R> | undefined;
}

const NONE: ReadonlyMap<string, KubeObject> = new Map();

/** In the order of their creation. */
export function objectsOf<R extends ResourceName>(
  state: ApiState,
  resource: R,
): IterableIterator<ObjectOf<R>> {
  return (tableOf(state, resource) ?? NONE).values() as IterableIterator<ObjectOf<R>>;
}
