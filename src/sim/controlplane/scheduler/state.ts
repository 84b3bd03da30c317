/** What a scheduler process remembers, and what its plugins may look up. Plain data. */
import type { Context } from '../../api/client.ts';
import { fullBucket, type TokenBucket } from '../../api/ratelimit.ts';
import type { Pod, Service } from '../../api/types.ts';
import type { Millis, Task } from '../../kernel/types.ts';
import { emptySchedulerCache, type SchedulerCache } from './cache.ts';
import type { Lookups } from './framework.ts';
import { emptyQueue, type QueueState } from './queue.ts';

/**
 * `cycle`: try one pod; `retry`: a back-off after an error is over; `flush`: look for pods that have waited
 * too long.
 */
export type SchedulerTask = Task & { readonly type: 'cycle' | 'retry' | 'flush' };

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
  bucket: fullBucket(ctx.now),
});

const NO_LABELS: Readonly<Record<string, string>> = {};
const NO_SERVICES: readonly Service[] = [];

export function lookupsOf(state: SchedulerState, ctx: Context): Lookups {
  return {
    namespaceLabels: (namespace) => ctx.cache.get('Namespace', '', namespace)?.metadata.labels ?? NO_LABELS,
    services: (namespace) => state.services.get(namespace)?.values() ?? NO_SERVICES,
    replicaSet: (namespace, name) => ctx.cache.get('ReplicaSet', namespace, name),
    statefulSet: (namespace, name) => ctx.cache.get('StatefulSet', namespace, name),
    budgets: () => ctx.cache.list('PodDisruptionBudget'),
  };
}

/** Pods of another scheduler are not ours to place, though they take room. */
export const isOurs = (pod: Pod): boolean =>
  (pod.spec.schedulerName ?? 'default-scheduler') === 'default-scheduler';
