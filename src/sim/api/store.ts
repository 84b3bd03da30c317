/**
 * The object store, what etcd is to the API server: immutable values by group resource and key, one revision
 * counter.
 */
import { Table } from '../kernel/fork.ts';
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
export const keyOfObject = (object: KubeObject): string =>
  keyOf(object.metadata.namespace ?? '', object.metadata.name);

export interface StoreState {
  revision: number;
  /** By group resource. */
  readonly tables: Map<string, Map<string, KubeObject>>;
}

export function emptyStore(definitions: Iterable<ResourceDefinition>): StoreState {
  const store: StoreState = { revision: 0, tables: new Map() };
  for (const { resource } of definitions) store.tables.set(resource, new Table());
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
