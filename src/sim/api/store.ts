/**
 * The object store, what etcd is to the API server: immutable values by group resource and key, one revision
 * counter.
 */
import { Cells, Table } from '../kernel/fork.ts';
import { remembered } from '../kernel/memo.ts';
import type { ResourceDefinition } from './resources/definition.ts';
import type { KubeObject, Pod } from './types.ts';

const KEYS_KEPT = 2048;
const keysOf = remembered(KEYS_KEPT, (namespace: string) =>
  remembered(KEYS_KEPT, (name: string) => `${namespace}/${name}`),
);

/**
 * `namespace/name`; namespace '' for cluster-scoped kinds. The text made last time is given again: looking
 * something up by a text that has its hash already is several times as fast.
 */
export const keyOf = (namespace: string, name: string): string => keysOf(namespace)(name);
/** As `keyOf`, of a name that nobody asks for again: what is remembered has no room for it. */
export const keyOnce = (namespace: string, name: string): string => `${namespace}/${name}`;
const keyOfObject = (object: KubeObject): string =>
  keyOf(object.metadata.namespace ?? '', object.metadata.name);

/** Part of a table by what objects have in common: a namespace, a controller, a node. */
export type Index = Cells<string, Table<string, KubeObject>>;

/** What objects are indexed by; undefined: an object that is in no part. */
const PART_OF = {
  namespace: (o: KubeObject): string | undefined => o.metadata.namespace || undefined,
  /** The uid of its controller, '' for none. */
  controller(o: KubeObject): string {
    for (const owner of o.metadata.ownerReferences ?? []) if (owner.controller === true) return owner.uid;
    return '';
  },
  /** Where a Pod runs. */
  node: (o: KubeObject): string | undefined => (o as Pod).spec?.nodeName || undefined,
} as const;

export type IndexName = keyof typeof PART_OF;

/**
 * Objects of one kind. Its indexes are made when first asked for, and kept up from then on: most tables (a
 * kubelet's, say) are never asked for theirs.
 */
export interface ObjectTable {
  /** By `namespace/name`. */
  readonly all: Table<string, KubeObject>;
  readonly indexes: Record<IndexName, Index | undefined>;
}

export const emptyTable = (): ObjectTable => ({
  all: new Table(),
  indexes: { namespace: undefined, controller: undefined, node: undefined },
});

/** Puts an object in, in place of what was there, which it gives back; undefined takes that away. */
export function putObject(
  table: ObjectTable,
  key: string,
  object: KubeObject | undefined,
): KubeObject | undefined {
  const { all, indexes } = table;
  const old = all.get(key);
  if (object !== undefined) all.set(key, object);
  else if (old !== undefined) all.delete(key);
  const { namespace, controller, node } = indexes;
  if (namespace !== undefined) keepUp(namespace, PART_OF.namespace, key, old, object);
  if (controller !== undefined) keepUp(controller, PART_OF.controller, key, old, object);
  if (node !== undefined) keepUp(node, PART_OF.node, key, old, object);
  return old;
}

const keepUp = (
  index: Index,
  part: (object: KubeObject) => string | undefined,
  key: string,
  old: KubeObject | undefined,
  object: KubeObject | undefined,
): void => moveIn(index, old && part(old), object && part(object), key, object);

/**
 * Moves an entry of an index from one part of it to another, or takes the new value in where it stays.
 * `object` undefined: it goes. Parts that become empty go too.
 */
function moveIn(
  index: Index,
  from: string | undefined,
  to: string | undefined,
  key: string,
  object: KubeObject | undefined,
): void {
  if (from !== undefined && from !== to) {
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

/** The objects that have this in common. Valid until the next fork. */
export function partOf(table: ObjectTable, by: IndexName, value: string): Table<string, KubeObject> {
  let index = table.indexes[by];
  if (index === undefined) {
    table.indexes[by] = index = new Cells();
    for (const [key, object] of table.all) moveIn(index, undefined, PART_OF[by](object), key, object);
  }
  return index.get(value) ?? NOTHING;
}

const inNamespace = (table: ObjectTable, namespace: string | undefined): Table<string, KubeObject> =>
  namespace === undefined ? table.all : partOf(table, 'namespace', namespace);

/** All objects, or those of one namespace, in the order of their creation. */
export const objectsIn = (table: ObjectTable, namespace?: string): Iterable<KubeObject> =>
  inNamespace(table, namespace).values();

/** The keys of a table in order, while none has come or gone since; derived, so no state. */
const orders = new WeakMap<Table<string, KubeObject>, { membership: number; keys: readonly string[] }>();

/** As `objectsIn`, sorted by key. */
export function objectsInOrder(table: ObjectTable, namespace?: string): KubeObject[] {
  const part = inNamespace(table, namespace);
  const known = orders.get(part);
  if (known?.membership === part.membership) return known.keys.map((key) => part.get(key)!);
  const sorted = sortedByKey([...part.values()]);
  orders.set(part, { membership: part.membership, keys: sorted.map(keyOfObject) });
  return sorted;
}

export interface StoreState {
  revision: number;
  /** By group resource. */
  readonly tables: Cells<string, ObjectTable>;
}

export function emptyStore(definitions: Iterable<ResourceDefinition>): StoreState {
  const tables = new Map<string, ObjectTable>();
  for (const { resource } of definitions) tables.set(resource, emptyTable());
  return { revision: 0, tables: new Cells(tables) };
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
