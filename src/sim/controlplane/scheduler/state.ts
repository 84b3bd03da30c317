/** What a scheduler process remembers, and what its plugins may look up. Plain data. */
import type { Context } from '../../api/client.ts';
import { fullBucket, type TokenBucket } from '../../api/ratelimit.ts';
import type { PersistentVolume, PersistentVolumeClaim, Pod, Service } from '../../api/types.ts';
import type { Millis, Task } from '../../kernel/types.ts';
import { emptySchedulerCache, type SchedulerCache } from './cache.ts';
import type { Lookups } from './framework.ts';
import { emptyQueue, type QueueState } from './queue.ts';

/**
 * `cycle`: try one pod; `retry`: a back-off after an error is over; `flush`: look for pods that have waited
 * too long.
 */
export type SchedulerTask =
  | (Task & { readonly type: 'cycle' | 'retry' | 'flush' })
  /** A Pod has waited for its volumes for as long as it may. */
  | (Task & { readonly type: 'volumesOverdue'; readonly uid: string });

/** A Pod that has a node and waits until the volumes chosen for it there are bound. */
export interface VolumeBinding {
  readonly pod: Pod;
  readonly node: string;
  /** Names, of its namespace. */
  readonly claims: readonly string[];
  readonly timer: number;
}

/** What the scheduler has written of volumes and its watch has not brought back yet. */
export interface AssumedVolumes {
  /** By pod uid. */
  readonly bindings: Map<string, VolumeBinding>;
  /** By `namespace/name`, and by name. */
  readonly claims: Map<string, PersistentVolumeClaim>;
  readonly volumes: Map<string, PersistentVolume>;
}

export interface SchedulerState {
  readonly cache: SchedulerCache;
  readonly queue: QueueState;
  /** Namespace to name to Service: looked through for every pod. */
  readonly services: Map<string, Map<string, Service>>;
  /** Where the next search through the nodes begins. */
  nextStart: number;
  /** Whether a cycle is scheduled, and when the other tasks are due (undefined: not scheduled). */
  cycleDue: boolean;
  retryAt: Millis | undefined;
  flushAt: Millis | undefined;
  readonly assumed: AssumedVolumes;
  /** Of its client; events go by another. */
  readonly bucket: TokenBucket;
}

export const emptyState = (ctx: Context): SchedulerState => ({
  cache: emptySchedulerCache(),
  queue: emptyQueue(),
  services: new Map(),
  nextStart: 0,
  cycleDue: false,
  retryAt: undefined,
  flushAt: undefined,
  assumed: { bindings: new Map(), claims: new Map(), volumes: new Map() },
  bucket: fullBucket(ctx.now),
});

const NO_LABELS: Readonly<Record<string, string>> = {};
const NO_SERVICES: readonly Service[] = [];

/** The later of two versions. */
function newer<T extends { metadata: { resourceVersion: string } }>(
  cached: T | undefined,
  assumed: T | undefined,
): T | undefined {
  if (cached === undefined || assumed === undefined) return cached;
  return Number(assumed.metadata.resourceVersion) > Number(cached.metadata.resourceVersion)
    ? assumed
    : cached;
}

export function lookupsOf(state: SchedulerState, ctx: Context): Lookups {
  return {
    namespaceLabels: (namespace) => ctx.cache.get('Namespace', '', namespace)?.metadata.labels ?? NO_LABELS,
    services: (namespace) => state.services.get(namespace)?.values() ?? NO_SERVICES,
    replicaSet: (namespace, name) => ctx.cache.get('ReplicaSet', namespace, name),
    statefulSet: (namespace, name) => ctx.cache.get('StatefulSet', namespace, name),
    budgets: () => ctx.cache.list('PodDisruptionBudget'),
    claim: (namespace, name) =>
      newer(
        ctx.cache.get('PersistentVolumeClaim', namespace, name),
        state.assumed.claims.get(`${namespace}/${name}`),
      ),
    volume: (name) => newer(ctx.cache.get('PersistentVolume', '', name), state.assumed.volumes.get(name)),
    volumes: () =>
      ctx.cache
        .list('PersistentVolume')
        .map((volume) => newer(volume, state.assumed.volumes.get(volume.metadata.name))!),
    storageClass: (name) => ctx.cache.get('StorageClass', '', name),
    csiNode: (name) => ctx.cache.get('CSINode', '', name),
  };
}

/** Pods of another scheduler are not ours to place, though they take room. */
export const isOurs = (pod: Pod): boolean =>
  (pod.spec.schedulerName ?? 'default-scheduler') === 'default-scheduler';
