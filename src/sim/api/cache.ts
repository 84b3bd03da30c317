/**
 * A watch cache: what one process knows of the API. Plain data plus the indexes that client-go's informers
 * keep (pods by node, objects by controller owner).
 */
import type { WatchCache } from './client.ts';
import type { ResourceDefinition } from './resources/definition.ts';
import { Cells } from '../kernel/fork.ts';
import type { ResourceRegistry } from './resources/registry.ts';
import { emptyTable, keyOf, moveIn, objectsIn, putObject, type ObjectTable } from './store.ts';
import type { KindMap, KubeObject, ObjectOf, Pod, ResourceName } from './types.ts';

export interface CacheState {
  /** By group resource. */
  readonly tables: Map<string, ObjectTable>;
  /** Of the resources that controllers own: the owner's uid ('' for none) to the objects by key. */
  readonly owners: Map<string, Map<string, Map<string, KubeObject>>>;
  readonly nodes: Map<string, Map<string, KubeObject>>;
}

export function emptyCache(definitions: Iterable<ResourceDefinition>): CacheState {
  const cache: CacheState = { tables: new Map(), owners: new Map(), nodes: new Cells() };
  for (const definition of definitions) addToCache(cache, definition);
  return cache;
}

/** The cache begins to hold a resource; nothing where it does already. */
export function addToCache({ tables, owners }: CacheState, { resource, owned }: ResourceDefinition): void {
  if (tables.has(resource)) return;
  tables.set(resource, emptyTable());
  if (owned) owners.set(resource, new Cells());
}

function controllerUid(object: KubeObject): string {
  const owners = object.metadata.ownerReferences;
  if (owners === undefined) return '';
  for (const o of owners) if (o.controller === true) return o.uid;
  return '';
}

/**
 * Takes in a new value, or a deletion; returns what was held before. @param key of the object, as in the
 * store
 */
export function cacheApply(
  cache: CacheState,
  resource: string,
  key: string,
  object: KubeObject,
  deleted: boolean,
): KubeObject | undefined {
  const now = deleted ? undefined : object;
  const old = putObject(cache.tables.get(resource)!, object.metadata.namespace, key, now);
  const owners = cache.owners.get(resource);
  if (owners !== undefined) moveIn(owners, old && controllerUid(old), now && controllerUid(now), key, now);
  if (resource === 'pods') {
    const nodeOf = (pod: KubeObject | undefined): string | undefined =>
      (pod as Pod | undefined)?.spec.nodeName || undefined;
    moveIn(cache.nodes, nodeOf(old), nodeOf(now), key, now);
  }
  return old;
}

/** A reader over the state; built anew for each fork, holds nothing that the state does not. */
export class CacheReader implements WatchCache {
  private readonly cache: CacheState;
  private readonly resources: ResourceRegistry;
  /** The tables by the names they have been asked for. */
  private readonly named = new Map<string, ObjectTable>();
  private readonly owned = new Map<string, Map<string, Map<string, KubeObject>> | undefined>();

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
    const found = this.index(kind)?.get(uid);
    if (found === undefined) return [];
    const objects = [...found.values()] as unknown as KindMap[K][];
    // An owner and what it owns share a namespace; only what nobody owns comes from all of them.
    return uid !== '' || namespace === undefined
      ? objects
      : objects.filter((o) => o.metadata.namespace === namespace);
  }

  podsOnNode(node: string): Pod[] {
    return [...(this.cache.nodes.get(node)?.values() ?? [])] as Pod[];
  }

  private index(kind: string): Map<string, Map<string, KubeObject>> | undefined {
    let index = this.owned.get(kind);
    if (index === undefined)
      this.owned.set(kind, (index = this.cache.owners.get(this.resources.get(kind).resource)));
    return index;
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
