/** The object store, what etcd is to the API server: immutable values by kind and key, one revision counter. */
import { KINDS } from './kinds.ts';
import type { Kind, KindMap, KubeObject } from './types.ts';

const MEMO_LIMIT = 2048;
const keys = new Map<string, Map<string, string>>();

/**
 * `namespace/name`; namespace '' for cluster-scoped kinds. The text made last time is given again: looking something up by a text that
 * has its hash already is several times as fast.
 */
export function keyOf(namespace: string, name: string): string {
  let names = keys.get(namespace);
  if (names === undefined) {
    if (keys.size >= MEMO_LIMIT) keys.clear();
    keys.set(namespace, (names = new Map()));
  }
  let key = names.get(name);
  if (key === undefined) {
    if (names.size >= MEMO_LIMIT) names.clear();
    names.set(name, (key = `${namespace}/${name}`));
  }
  return key;
}
export const keyOfObject = (object: KubeObject): string => keyOf(object.metadata.namespace ?? '', object.metadata.name);

export interface StoreState {
  revision: number;
  readonly kinds: Map<Kind, Map<string, KubeObject>>;
}

export function emptyStore(): StoreState {
  return { revision: 0, kinds: new Map(KINDS.map((k) => [k.kind, new Map<string, KubeObject>()])) };
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
