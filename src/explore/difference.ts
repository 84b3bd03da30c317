/** Two plays of one run, held against each other. */
import { wordsOf } from '../messages/index.ts';
import type { HistoryEntry } from '../sim/kernel/history.ts';
import { guidanceAt, scenarioOf, type Campaign } from './campaign.ts';
import type { Beginnings } from './beginnings.ts';
import { tryOut } from './trial.ts';

/** The first change of a run's history that was not the same twice. */
export interface Difference {
  readonly run: number;
  /** Number of the entry. */
  readonly entry: number;
  readonly once: string;
  readonly again: string;
}

function inWords(entry: HistoryEntry | undefined): string {
  if (entry === undefined) return 'nothing more';
  const what =
    entry.type === 'api'
      ? `${entry.kind} ${entry.namespace}/${entry.name} ${JSON.stringify(entry.after ?? 'gone')}`
      : wordsOf(entry, 'en');
  return `[${entry.at} ms] ${entry.by}: ${what}`;
}

/** The first of two histories' entries that differ; undefined when they are the same. */
export function firstDifference(
  run: number,
  once: readonly HistoryEntry[],
  again: readonly HistoryEntry[],
): Difference | undefined {
  const text = (e: HistoryEntry | undefined): string => JSON.stringify(e ?? null);
  const at = Array.from({ length: Math.max(once.length, again.length) }).findIndex(
    (_, i) => text(once[i]) !== text(again[i]),
  );
  return at < 0
    ? undefined
    : { run, entry: once[at]?.id ?? again[at]!.id, once: inWords(once[at]), again: inWords(again[at]) };
}

/** Plays a run twice, each from its own beginning. @param beginnings makes new ones */
export function playedTwice(
  campaign: Campaign,
  run: number,
  beginnings: () => Beginnings,
): Difference | undefined {
  const [once, again] = [1, 2].map(() => {
    const own = beginnings();
    return (
      tryOut(scenarioOf(campaign, run, own, guidanceAt(campaign, run, own)), own).session?.driver?.history ??
      []
    );
  });
  return firstDifference(run, once!, again!);
}
