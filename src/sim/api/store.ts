/**
 * The object store, what etcd is to the API server: immutable values by kind and key, one revision counter.
 */
import { remembered } from '../kernel/memo.ts';
import type { ResourceDefinition } from './resources/definition.ts';
import type { Kind, KindMap, KubeObject } from './types.ts';

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
  readonly kinds: Map<string, Map<string, KubeObject>>;
}

export function emptyStore(definitions: Iterable<ResourceDefinition>): StoreState {
  return {
    revision: 0,
    kinds: new Map([...definitions].map((d) => [d.kind, new Map<string, KubeObject>()])),
  };
}

export function tableOf<K extends Kind>(store: StoreState, kind: K): Map<string, KindMap[K]> {
  return store.kinds.get(kind) as unknown as Map<string, KindMap[K]>;
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
