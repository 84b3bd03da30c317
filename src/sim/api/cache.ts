/**
 * A watch cache: what one process knows of the API. Plain data plus the indexes that client-go's informers
 * keep (pods by node, objects by controller owner).
 */
import type { WatchCache } from './client.ts';
import type { ResourceDefinition } from './resources/definition.ts';
import { Cells, Table } from '../kernel/fork.ts';
import type { ResourceRegistry } from './resources/registry.ts';
import { keyOf } from './store.ts';
import type { KindMap, KubeObject, ObjectOf, Pod, ResourceName } from './types.ts';

export interface CacheState {
  /** By group resource. */
  readonly tables: Map<string, Map<string, KubeObject>>;
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
  tables.set(resource, new Table());
  if (owned) owners.set(resource, new Cells());
}

export function controllerUid(object: KubeObject): string {
  const owners = object.metadata.ownerReferences;
  if (owners === undefined) return '';
  for (const o of owners) if (o.controller === true) return o.uid;
  return '';
}

function move(
  index: Map<string, Map<string, KubeObject>>,
  from: string | undefined,
  to: string | undefined,
  key: string,
  object: KubeObject,
): void {
  if (from !== undefined && from !== to) {
    const old = index.get(from);
    old?.delete(key);
    if (old?.size === 0) index.delete(from);
  }
  if (to === undefined) return;
  let entries = index.get(to);
  if (entries === undefined) index.set(to, (entries = new Table()));
  entries.set(key, object);
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
  const table = cache.tables.get(resource)!;
  const old = table.get(key);
  if (deleted) table.delete(key);
  else table.set(key, object);
  const owners = cache.owners.get(resource);
  if (owners !== undefined)
    move(owners, old && controllerUid(old), deleted ? undefined : controllerUid(object), key, object);
  if (resource === 'pods') {
    const nodeOf = (pod: KubeObject | undefined): string | undefined =>
      (pod as Pod | undefined)?.spec.nodeName || undefined;
    move(cache.nodes, nodeOf(old), deleted ? undefined : nodeOf(object), key, object);
  }
  return old;
}

/** A reader over the state; built anew for each fork, holds nothing that the state does not. */
export class CacheReader implements WatchCache {
  private readonly cache: CacheState;
  private readonly resources: ResourceRegistry;
  /** The tables by the names they have been asked for. */
  private readonly named = new Map<string, Map<string, KubeObject>>();
  private readonly owned = new Map<string, Map<string, Map<string, KubeObject>> | undefined>();

  constructor(cache: CacheState, resources: ResourceRegistry) {
    this.cache = cache;
    this.resources = resources;
  }

  get<R extends ResourceName>(resource: R, namespace: string, name: string): ObjectOf<R> | undefined {
    return this.table(resource).get(keyOf(namespace, name)) as ObjectOf<R> | undefined;
  }

  list<R extends ResourceName>(resource: R, namespace?: string): ObjectOf<R>[] {
    return inNamespace(this.table(resource).values(), namespace) as ObjectOf<R>[];
  }

  count(resource: ResourceName): number {
    return this.table(resource).size;
  }

  controlledBy<K extends 'Pod' | 'ReplicaSet' | 'ControllerRevision'>(
    kind: K,
    uid: string,
    namespace?: string,
  ): KindMap[K][] {
    const found = this.index(kind)?.get(uid);
    // An owner and what it owns share a namespace; only what nobody owns comes from all of them.
    return (found === undefined
      ? []
      : inNamespace(found.values(), uid === '' ? namespace : undefined)) as unknown as KindMap[K][];
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

  private table(name: ResourceName): Map<string, KubeObject> {
    let table = this.named.get(name);
    if (table === undefined) {
      table = this.cache.tables.get(this.resources.find(name)?.resource ?? name);
      if (table === undefined) throw new Error(`this process does not watch ${name}`);
      this.named.set(name, table);
    }
    return table;
  }
}

function inNamespace(objects: Iterable<KubeObject>, namespace: string | undefined): KubeObject[] {
  if (namespace === undefined) return [...objects];
  const out: KubeObject[] = [];
  for (const o of objects) if (o.metadata.namespace === namespace) out.push(o);
  return out;
}
