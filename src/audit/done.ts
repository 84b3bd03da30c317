/** What became of work that ends. */
import type { Millis } from '../sim/kernel/types.ts';

/** What can be said of work, beside what can be said of everything. */
export interface Done {
  /** Of a run of a Job; of a CronJob it is not asked. */
  readonly end?: 'complete' | 'failed' | 'unfinished';
  /** Of the condition by which it failed: `BackoffLimitExceeded`. */
  readonly reason?: string;
  /** How long a run takes that nothing happens to. */
  readonly tookMs: Millis;
  readonly lateMs: Millis;
  /** As the Job counts them. */
  readonly failedPods: number;
  /** How many Pods did what others had done or were doing. */
  readonly twice: number;
  /** Of so many runs that were due, those that were not made. */
  readonly due: number;
  readonly missed: number;
  /** Jobs of a CronJob that were not over, at the most. */
  readonly atOnce: number;
}
