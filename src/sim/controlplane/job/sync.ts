/** What one sync of a Job works with. Models syncJobCtx of pkg/controller/job/job_controller.go. */
import type { Job, Pod } from '../../api/types.ts';
import type { ControllerContext } from '../controller.ts';
import type { Expectations } from '../expectations.ts';
import type { BackOff } from './backoff.ts';
import type { JobCondition } from './conditions.ts';
import type { Intervals } from './intervals.ts';

type Status = Job['status'];

/** A status in the making, with what this controller always fills. */
export type JobStatus = Status & {
  conditions: NonNullable<Status['conditions']>;
  uncountedTerminatedPods: { succeeded?: string[]; failed?: string[] };
};

export interface JobState {
  readonly expectations: Expectations;
  /** Uids of Pods whose finalizer was removed, until the cache shows it; by key of the Job. */
  readonly removals: Map<string, Set<string>>;
  /** By key of the Job. */
  readonly backOffs: Map<string, BackOff>;
  /** The version of each Job that this controller wrote last, by key: an older one in the cache is stale. */
  readonly written: Map<string, number>;
  /** Jobs whose sync waits for leave to make further requests. */
  readonly underway: Set<string>;
}

export interface JobSync {
  readonly ctx: ControllerContext;
  readonly state: JobState;
  readonly key: string;
  /** As the cache has it. */
  readonly job: Job;
  readonly status: JobStatus;
  /** All Pods of the Job that exist. */
  readonly pods: readonly Pod[];
  /** Those that neither ended nor are being deleted. */
  readonly active: readonly Pod[];
  /** Uids of Pods that have ended and stand in the status, but not in its counts. */
  readonly uncounted: { readonly succeeded: ReadonlySet<string>; readonly failed: ReadonlySet<string> };
  readonly removing: ReadonlySet<string>;
  /** Counts as they are with what has ended since the last sync. */
  succeeded: number;
  failed: number;
  ready: number;
  terminating: number;
  readonly backOff: BackOff;
  /** Why the Job ends. */
  finished: JobCondition | undefined;
  readonly succeededBefore: Intervals;
  succeededIndexes: Intervals;
  failedIndexes: Intervals | undefined;
  /** By index: the failed Pod that stays until the one in its place has taken over its count. */
  readonly delayed: ReadonlyMap<number, Pod>;
}
