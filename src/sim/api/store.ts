/**
 * The object store, what etcd is to the API server: immutable values by group resource and key, one revision
 * counter.
 */
import { Cells, Table } from '../kernel/fork.ts';
import { remembered } from '../kernel/memo.ts';
import type { ResourceDefinition } from './resources/definition.ts';
import type { KubeObject } from './types.ts';

const KEYS_KEPT = 2048;
const keysOf = remembered(KEYS_KEPT, (namespace: string) =>
  remembered(KEYS_KEPT, (name: string) => `${namespace}/${name}`),
);

/**
 * `namespace/name`; namespace '' for cluster-scoped kinds. The text made last time is given again: looking
 * something up by a text that has its hash already is several times as fast.
 */
export const keyOf = (namespace: string, name: string): string => keysOf(namespace)(name);
const keyOfObject = (object: KubeObject): string =>
  keyOf(object.metadata.namespace ?? '', object.metadata.name);

/** Objects of one kind: all of them, and those of each namespace. */
export interface ObjectTable {
  /** By `namespace/name`. */
  readonly all: Table<string, KubeObject>;
  /** Likewise, by namespace; empty for cluster-scoped kinds. */
  readonly namespaces: Cells<string, Table<string, KubeObject>>;
}

export const emptyTable = (): ObjectTable => ({ all: new Table(), namespaces: new Cells() });

/** Puts an object in, in place of what was there, which it gives back; undefined takes that away. */
export function putObject(
  table: ObjectTable,
  namespace: string | undefined,
  key: string,
  object: KubeObject | undefined,
): KubeObject | undefined {
  const old = table.all.get(key);
  if (object === undefined) table.all.delete(key);
  else table.all.set(key, object);
  if (namespace) moveIn(table.namespaces, namespace, namespace, key, object);
  return old;
}

/**
 * Moves an entry of an index from one part of it to another, or takes the new value in where it stays.
 * `object` undefined: it goes. Parts that become empty go too.
 */
export function moveIn(
  index: Map<string, Map<string, KubeObject>>,
  from: string | undefined,
  to: string | undefined,
  key: string,
  object: KubeObject | undefined,
): void {
  if (from !== undefined && (from !== to || object === undefined)) {
    const old = index.get(from);
    old?.delete(key);
    if (old?.size === 0) index.delete(from);
  }
  if (to === undefined || object === undefined) return;
  let entries = index.get(to);
  if (entries === undefined) index.set(to, (entries = new Table()));
  entries.set(key, object);
}

const NOTHING: Table<string, KubeObject> = new Table();

const partOf = (table: ObjectTable, namespace: string | undefined): Table<string, KubeObject> =>
  namespace === undefined ? table.all : (table.namespaces.get(namespace) ?? NOTHING);

/** All objects, or those of one namespace, in the order of their creation. */
export const objectsIn = (table: ObjectTable, namespace?: string): Iterable<KubeObject> =>
  partOf(table, namespace).values();

/** The keys of a table in order, while none has come or gone since; derived, so no state. */
const orders = new WeakMap<Table<string, KubeObject>, { membership: number; keys: readonly string[] }>();

/** As `objectsIn`, sorted by key. */
export function objectsInOrder(table: ObjectTable, namespace?: string): KubeObject[] {
  const part = partOf(table, namespace);
  const known = orders.get(part);
  if (known?.membership === part.membership) return known.keys.map((key) => part.get(key)!);
  const sorted = sortedByKey([...part.values()]);
  orders.set(part, { membership: part.membership, keys: sorted.map(keyOfObject) });
  return sorted;
}

export interface StoreState {
  revision: number;
  /** By group resource. */
  readonly tables: Map<string, ObjectTable>;
}

export function emptyStore(definitions: Iterable<ResourceDefinition>): StoreState {
  const store: StoreState = { revision: 0, tables: new Map() };
  for (const { resource } of definitions) store.tables.set(resource, emptyTable());
  return store;
}

/** Sorted by key, as etcd returns a range. */
export function sortedByKey<T extends KubeObject>(objects: T[]): T[] {
  return objects.sort((a, b) => {
    const na = a.metadata.namespace ?? '';
    const nb = b.metadata.namespace ?? '';
    if (na !== nb) return na < nb ? -1 : 1;
    return a.metadata.name < b.metadata.name ? -1 : 1;
  });
}
