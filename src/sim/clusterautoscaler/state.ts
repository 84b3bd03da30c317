/** What a cluster autoscaler remembers; all of it is lost when it ends. Plain data. */
import type { Millis, Task } from '../kernel/types.ts';

/** `scan`: look at the cluster; `remove`: go on with the removal of a node. */
export type AutoscalerTask = Task &
  ({ readonly type: 'scan' } | { readonly type: 'remove'; readonly node: string });

/** Tells of the autoscaler as a whole: by events of its status ConfigMap. */
export type Tell = (type: 'Normal' | 'Warning', reason: string, message: string) => void;

/** Nodes that were asked for and have not come. */
export interface ScaleUpRequest {
  increase: number;
  /** Since when none has come. */
  since: Millis;
  until: Millis;
}

export interface Backoff {
  readonly until: Millis;
  readonly durationMs: Millis;
  readonly failedAt: Millis;
  readonly code: string;
  readonly message: string;
}

/** A node on its way out. */
export interface Removal {
  readonly group: string;
  /** Pods to be evicted, by uid. */
  readonly evict: Map<string, { readonly namespace: string; readonly name: string; evicted: boolean }>;
  readonly drain: boolean;
  /** Until when evictions are tried, then until when the Pods may take to end; undefined: not yet begun. */
  evictUntil: Millis | undefined;
  goneBy: Millis | undefined;
}

export interface AutoscalerState {
  /** Whether something has changed since the last scan, and when the next one is due, by which timer. */
  changed: boolean;
  scan: { at: Millis; timer: number } | undefined;
  /** Scans come at whole intervals after that. */
  readonly startedAt: Millis;
  /** Whether what an earlier life left on nodes has been cleaned up. */
  cleaned: boolean;
  /** By group. */
  readonly requests: Map<string, ScaleUpRequest>;
  readonly backoffs: Map<string, Backoff>;
  /** Since when nodes have not been needed, by name; and until when others are not asked again. */
  readonly unneeded: Map<string, Millis>;
  readonly unremovable: Map<string, Millis>;
  readonly removals: Map<string, Removal>;
  lastScaleUp: Millis;
  lastDelete: Millis;
  lastFailure: Millis;
  /** What the status said last, without times. */
  told: string;
}

/** As upstream: a new autoscaler takes the last change to be an hour ago (core/static_autoscaler.go). */
const LONG_AGO_MS = 3_600_000;

export const emptyState = (now: Millis): AutoscalerState => ({
  changed: true,
  scan: undefined,
  startedAt: now,
  cleaned: false,
  requests: new Map(),
  backoffs: new Map(),
  unneeded: new Map(),
  unremovable: new Map(),
  removals: new Map(),
  lastScaleUp: now - LONG_AGO_MS,
  lastDelete: now - LONG_AGO_MS,
  lastFailure: now - LONG_AGO_MS,
  told: '',
});
