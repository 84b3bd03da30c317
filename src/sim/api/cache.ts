/**
 * A watch cache: what one process knows of the API, with the indexes that client-go's informers keep (pods by
 * node, objects by controller owner).
 */
import type { WatchCache } from './client.ts';
import { Cells } from '../kernel/fork.ts';
import type { ResourceRegistry } from './resources/registry.ts';
import { emptyTable, keyOf, objectsIn, partOf, putObject, type ObjectTable } from './store.ts';
import type { KindMap, KubeObject, ObjectOf, Pod, ResourceName } from './types.ts';

export interface CacheState {
  /** By group resource. */
  readonly tables: Cells<string, ObjectTable>;
}

export function emptyCache(resources: Iterable<string>): CacheState {
  const tables = new Map<string, ObjectTable>();
  for (const resource of resources) if (!tables.has(resource)) tables.set(resource, emptyTable());
  return { tables: new Cells(tables) };
}

/** The cache begins to hold a resource; nothing where it does already. */
export function addToCache({ tables }: CacheState, resource: string): void {
  if (!tables.has(resource)) tables.set(resource, emptyTable());
}

/**
 * Takes in a new value, or a deletion; returns what was held before. @param key of the object, as in the
 * store
 */
export const cacheApply = (
  cache: CacheState,
  resource: string,
  key: string,
  object: KubeObject,
  deleted: boolean,
): KubeObject | undefined => putObject(cache.tables.get(resource)!, key, deleted ? undefined : object);

/** A reader over the state; built anew for each fork, holds nothing that the state does not. */
export class CacheReader implements WatchCache {
  private readonly cache: CacheState;
  private readonly resources: ResourceRegistry;
  /** The tables by the names they have been asked for. */
  private readonly named = new Map<string, ObjectTable>();

  constructor(cache: CacheState, resources: ResourceRegistry) {
    this.cache = cache;
    this.resources = resources;
  }

  get<R extends ResourceName>(resource: R, namespace: string, name: string): ObjectOf<R> | undefined {
    return this.table(resource).all.get(keyOf(namespace, name)) as ObjectOf<R> | undefined;
  }

  list<R extends ResourceName>(resource: R, namespace?: string): ObjectOf<R>[] {
    return [...objectsIn(this.table(resource), namespace)] as ObjectOf<R>[];
  }

  count(resource: ResourceName): number {
    return this.table(resource).all.size;
  }

  controlledBy<K extends 'Pod' | 'ReplicaSet' | 'ControllerRevision'>(
    kind: K,
    uid: string,
    namespace?: string,
  ): KindMap[K][] {
    const objects = [...partOf(this.table(kind), 'controller', uid).values()] as unknown as KindMap[K][];
    // An owner and what it owns share a namespace; only what nobody owns comes from all of them.
    return uid !== '' || namespace === undefined
      ? objects
      : objects.filter((o) => o.metadata.namespace === namespace);
  }

  podsOnNode(node: string): Pod[] {
    return [...partOf(this.table('Pod'), 'node', node).values()] as unknown as Pod[];
  }

  private table(name: ResourceName): ObjectTable {
    let table = this.named.get(name);
    if (table === undefined) {
      table = this.cache.tables.get(this.resources.find(name)?.resource ?? name);
      if (table === undefined) throw new Error(`this process does not watch ${name}`);
      this.named.set(name, table);
    }
    return table;
  }
}
