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

/** At which limit a run was ended, and what kept it going. */
export interface EndFacts {
  /** How much of what it had used up; real time has no number. */
  readonly used: { readonly of: 'events' | 'changes' | 'years'; readonly count: number } | 'time';
  readonly at: string;
  /** Who wrote most of the last changes: `daemonset-controller on pods`. */
  readonly busiest: { readonly who: string; readonly changes: number; readonly of: number } | undefined;
}

/** A run was ended before its end; the message says at which limit, and what kept it going. */
export class LimitError extends Error {
  readonly facts: EndFacts;

  constructor(facts: EndFacts) {
    const { used, at, busiest } = facts;
    const after = used === 'time' ? 'what real time there was' : `${used.count} ${used.of}`;
    const busy =
      busiest &&
      `; what kept it going most: ${busiest.who} (${busiest.changes} of the last ${busiest.of} changes)`;
    super(`the run was ended after ${after}, which is the limit, at ${at} of virtual time${busy ?? ''}`);
    this.name = 'LimitError';
    this.facts = facts;
  }

  /** Whether it was the caller's time that was over. */
  get overdue(): boolean {
    return this.facts.used === 'time';
  }
}

function busiest(history: readonly HistoryEntry[]): EndFacts['busiest'] {
  const last = history.slice(-1000);
  const counts = new Map<string, number>();
  for (const entry of last) {
    const who = entry.type === 'api' ? `${entry.by} on ${entry.resource}` : entry.by;
    counts.set(who, (counts.get(who) ?? 0) + 1);
  }
  const [most] = [...counts].sort(([, a], [, b]) => b - a);
  return most && { who: most[0], changes: most[1], of: last.length };
}

/** `0:10:03` */
const printTime = (at: Millis): string => {
  const seconds = Math.floor(at / 1000);
  const two = (n: number): string => String(n).padStart(2, '0');
  return `${Math.floor(seconds / 3600)}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
};

/** @param used what the run has used up */
export const limitError = (
  used: EndFacts['used'],
  at: Millis,
  history: readonly HistoryEntry[],
): LimitError => new LimitError({ used, at: printTime(at), busiest: busiest(history) });
