/**
 * Watches: each process's stream of changes, a seeded delay behind the store, in order. Changes that arrive
 * while a delivery is on its way travel with it, as they do over one HTTP/2 stream. A broken watch loses its
 * backlog; when the process is connected again it lists anew and sees the differences (client-go's
 * reflector).
 */
import type { CacheState } from './cache.ts';
import type { WatchSpec } from './client.ts';
import type { EntryId } from '../kernel/types.ts';
import type { ResourceRegistry } from './resources/registry.ts';
import { keyOf, type StoreState } from './store.ts';
import type { KubeObject, Pod } from './types.ts';
import type { Bug } from '../planted.ts';

export interface WatchItem {
  /** The group resource. */
  readonly resource: string;
  /** As in the store; made once a write, for all who watch. */
  readonly key: string;
  readonly object: KubeObject;
  readonly deleted: boolean;
  readonly entry: EntryId;
}

/** A WatchSpec with its resources resolved. Plain data. */
export interface ResourceWatch {
  /** Group resources. */
  readonly resources: readonly string[];
  readonly node?: string;
}

export const resolveWatch = ({ kinds, node }: WatchSpec, resources: ResourceRegistry): ResourceWatch => ({
  resources: kinds.map((name) => resources.get(name).resource),
  ...(node === undefined ? {} : { node }),
});

/** State of one process's watches. */
export interface Watcher {
  specs: readonly ResourceWatch[];
  readonly cache: CacheState;
  /** On its way, in order. */
  inbox: WatchItem[];
  /** The link to the API server, as the network has it. */
  linked: boolean;
  /** Whether the stream runs: linked, server up, first list done. */
  streaming: boolean;
  /** Whether a delivery is scheduled. */
  due: boolean;
}

/** Whether an object belongs to a node's own watch. */
function onNode(resource: string, object: KubeObject, node: string): boolean {
  if (resource === 'pods') return (object as Pod).spec.nodeName === node;
  if (resource === 'nodes' || resource === 'leases.coordination.k8s.io') return object.metadata.name === node;
  return true;
}

/** Among what a node's own objects are to be looked for. */
function candidates(
  resource: string,
  stored: ReadonlyMap<string, KubeObject>,
  node: string,
): Iterable<[string, KubeObject]> {
  if (resource !== 'nodes') return stored;
  const key = keyOf('', node);
  const own = stored.get(key);
  return own === undefined ? [] : [[key, own]];
}

/**
 * The differences between a watcher's cache and the store, in the order of its watches; deletions first of
 * each resource.
 */
export function differences(
  watcher: Watcher,
  store: StoreState,
  entry: EntryId,
  planted: Bug | undefined,
): WatchItem[] {
  const items: WatchItem[] = [];
  for (const spec of watcher.specs) {
    for (const resource of spec.resources) {
      const held = watcher.cache.tables.get(resource)!.all;
      const stored = store.tables.get(resource)!.all;
      if (held.size === 0 && stored.size === 0) continue;
      for (const [key, object] of held) {
        const now = stored.get(key);
        if (planted === 'relist-misses-deletions') continue;
        if (now === undefined || now.metadata.uid !== object.metadata.uid)
          items.push({ resource, key, object, deleted: true, entry });
      }
      for (const [key, object] of spec.node === undefined
        ? stored
        : candidates(resource, stored, spec.node)) {
        if (spec.node !== undefined && !onNode(resource, object, spec.node)) continue;
        const old = held.get(key);
        if (old === undefined || old.metadata.resourceVersion !== object.metadata.resourceVersion) {
          items.push({ resource, key, object, deleted: false, entry });
        }
      }
    }
  }
  return items;
}
