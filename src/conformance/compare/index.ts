/** The seven rules by which two traces agree. */
import { isKnown, type KnownDifference } from '../known-differences.ts';
import type { Trace } from '../types.ts';
import { compareAvailability } from './availability.ts';
import { compareCounts } from './counts.ts';
import { compareEvents } from './events.ts';
import { compareNodes } from './nodes.ts';
import { normalise, type Normal } from './normalise.ts';
import { comparePods } from './pods.ts';
import { compareResults } from './results.ts';
import type { Difference } from './span.ts';
import { compareTimes } from './times.ts';

export interface Rule {
  readonly number: number;
  readonly name: string;
  readonly compare: (recorded: readonly Normal[], simulated: Normal) => Difference[];
}

export const RULES: readonly Rule[] = [
  { number: 1, name: 'counts', compare: compareCounts },
  { number: 2, name: 'pods', compare: comparePods },
  { number: 3, name: 'availability', compare: compareAvailability },
  { number: 4, name: 'nodes', compare: compareNodes },
  { number: 5, name: 'events', compare: compareEvents },
  { number: 6, name: 'results', compare: compareResults },
  { number: 7, name: 'times', compare: compareTimes },
];

export interface Judgement {
  readonly rule: Rule;
  /** What nobody has explained; empty: they agree. */
  readonly differences: readonly Difference[];
  /** Differences that stand in the table, each with why. */
  readonly known: readonly { readonly difference: Difference; readonly because: KnownDifference }[];
}

/** Compares a trace with the recordings of the same scenario, by every rule. */
export function compareTraces(recorded: readonly Trace[], simulated: Trace): Judgement[] {
  const theirs = recorded.map(normalise);
  const ours = normalise(simulated);
  const context = { scenario: simulated.scenario.replace(/\.ya?ml$/, ''), recorded, simulated };
  return RULES.map((rule) => {
    const differences: Difference[] = [];
    const known: { difference: Difference; because: KnownDifference }[] = [];
    for (const difference of rule.compare(theirs, ours)) {
      const because = isKnown(rule.number, difference, context);
      if (because === undefined) differences.push(difference);
      else known.push({ difference, because });
    }
    return { rule, differences, known };
  });
}

export type { Difference } from './span.ts';
