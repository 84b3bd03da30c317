/**
 * How far a run may go. A cluster that makes Pods without end (as real ones do, where a DaemonSet surges onto
 * a node that evicts) never comes to rest: whoever plays it is told so instead of waiting.
 */
import type { HistoryEntry } from './kernel/history.ts';
import type { Millis } from './kernel/types.ts';

export interface RunLimits {
  /** Events handled since the cluster was switched on, those before a fork among them. */
  readonly events: number;
  /** Changes that are kept in the history, which is what a long run's memory goes into. */
  readonly kept: number;
  /** Virtual time, in ms: years of more than four digits are no timestamps in Kubernetes. */
  readonly until: Millis;
  /**
   * Whether the caller's own time is over, asked between events; the only part of a run's end that does not
   * follow from its seed, so a run that is ended by it proves nothing.
   */
  readonly overdue?: () => boolean;
}

export const YEAR_MS = 365 * 86_400_000;

export const DEFAULT_LIMITS: RunLimits = { events: 20_000_000, kept: 2_000_000, until: 1000 * YEAR_MS };

/** How many events pass between two looks at the caller's time. */
export const EVENTS_PER_LOOK = 64;

/** A run was ended before its end; the message says at which limit, and what kept it going. */
export class LimitError extends Error {
  /** Whether it was the caller's time that was over. */
  readonly overdue: boolean;

  constructor(message: string, overdue: boolean) {
    super(message);
    this.name = 'LimitError';
    this.overdue = overdue;
  }
}

/** `daemonset-controller on pods (812 of the last 1,000 changes)` */
function busiest(history: readonly HistoryEntry[]): string | undefined {
  const last = history.slice(-1000);
  const counts = new Map<string, number>();
  for (const entry of last) {
    const who = entry.type === 'api' ? `${entry.by} on ${entry.resource}` : entry.by;
    counts.set(who, (counts.get(who) ?? 0) + 1);
  }
  const [most] = [...counts].sort(([, a], [, b]) => b - a);
  return most && `${most[0]} (${most[1]} of the last ${last.length} changes)`;
}

/** `0:10:03` */
const printTime = (at: Millis): string => {
  const seconds = Math.floor(at / 1000);
  const two = (n: number): string => String(n).padStart(2, '0');
  return `${Math.floor(seconds / 3600)}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
};

/** @param after what the run has used up: `20000001 events` */
export function limitError(
  after: string,
  at: Millis,
  history: readonly HistoryEntry[],
  overdue: boolean,
): LimitError {
  const busy = busiest(history);
  return new LimitError(
    `the run was ended after ${after}, which is the limit, at ${printTime(at)} of virtual ` +
      `time${busy === undefined ? '' : `; what kept it going most: ${busy}`}`,
    overdue,
  );
}
