/**
 * Planted bugs, which prove that the search finds bugs: each a line in the component it breaks, off unless
 * `plantBug` names it. Only tests and `npm run mutants` may do that (scripts/check-architecture.ts holds it);
 * nothing of a run's state speaks of them.
 */
export type Bug =
  | 'expectations-dropped'
  | 'replicaset-counts-failed'
  | 'workqueue-drops-retries'
  | 'unavailable-rounded-up'
  | 'old-scaled-before-new-ready'
  | 'surge-unbounded'
  | 'generation-observed-late'
  | 'scale-ignored-in-rollout'
  | 'stateful-starts-unordered'
  | 'stateful-updates-two'
  | 'stateful-ignores-partition'
  | 'stateful-deletes-by-force'
  | 'daemon-expectations-dropped'
  | 'budget-counts-terminating'
  | 'budget-rounded-down'
  | 'budget-not-spent'
  | 'budget-counts-running'
  | 'eviction-ignores-budgets'
  | 'eviction-ignores-generation'
  | 'toleration-seconds-ignored'
  | 'taint-eviction-not-cancelled'
  | 'taint-left-on-node'
  | 'scheduler-forgets-assumed'
  | 'anti-affinity-not-counted'
  | 'taints-ignored'
  | 'spread-ignored'
  | 'cordon-ignored'
  | 'scheduler-drops-unschedulable'
  | 'endpoints-keep-unready'
  | 'endpoints-keep-deleted'
  | 'proxy-stays-stale'
  | 'kubelet-never-restarts'
  | 'kubelet-forgets-after-reboot'
  | 'kubelet-changes-ended-phase'
  | 'kubelet-gives-up-delete'
  | 'addresses-reused'
  | 'garbage-deletes-owned'
  | 'podgc-forgets-orphans'
  | 'relist-misses-deletions'
  | 'drain-forgets-to-retry';

let planted: Bug | undefined;

/** Plants a bug in every cluster of this process, in place of the one before; undefined: none. */
export function plantBug(bug: Bug | undefined): void {
  planted = bug;
}

export const isPlanted = (bug: Bug): boolean => planted === bug;
