/** What matters among findings: how little it takes, and how likely that is. */
import type { FaultCall } from '../chaos/types.ts';
import { vocabularyOf } from '../dsl/phrases/vocabulary.ts';
import type { Kit } from '../dsl/types.ts';
import { isVoluntary } from './strikes.ts';
import { partsOf, type Concrete } from './trial.ts';

/**
 * What it takes, the least first.
 * - `nothing`: it breaks by itself.
 * - `voluntary`: what operators do: drains, evictions, rollouts, changes.
 * - `fault`: one fault that nobody wants.
 * - `coincidence`: several faults, one of them unwanted, or one while components are slower than usual.
 */
export const EFFORTS = ['nothing', 'voluntary', 'fault', 'coincidence'] as const;
export type Effort = (typeof EFFORTS)[number];

export interface Taken {
  readonly effort: Effort;
  /** The faults that it takes, in their order. */
  readonly faults: readonly FaultCall[];
}

/** @param scenario with no fault that could be left out */
export function takenBy({ operations }: Concrete, kit: Kit): Taken {
  const { begin, judge } = partsOf(operations, vocabularyOf(kit));
  const happening = operations.slice(begin, judge);
  const faults = happening.flatMap((o): readonly FaultCall[] =>
    o.op === 'faults' ? o.strikes.map((s) => s.fault) : o.op === 'fault' ? [o.fault] : [],
  );
  const unwanted = faults.filter(({ kind }) => !isVoluntary(kit.faults.named(kind)));
  const isSlow = happening.some((o) => o.op === 'setting');
  const effort =
    faults.length === 0
      ? 'nothing'
      : isSlow || (unwanted.length > 0 && faults.length > 1)
        ? 'coincidence'
        : unwanted.length > 0
          ? 'fault'
          : 'voluntary';
  return { effort, faults };
}

/** How many of the faults meet more than one target. */
const breadthOf = ({ faults }: Taken): number =>
  faults.filter(({ mode = 'one', zone }) => mode !== 'one' || zone !== undefined).length;

/** What takes less is less: its effort, the number of faults, how much they meet. */
export const byPrice = (a: Taken, b: Taken): number =>
  EFFORTS.indexOf(a.effort) - EFFORTS.indexOf(b.effort) ||
  a.faults.length - b.faults.length ||
  breadthOf(a) - breadthOf(b);

/** What is ranked; `runs` of the campaign came to it. */
export interface Ranked extends Taken {
  readonly runs: number;
  /** The first of those runs. */
  readonly run: number;
}

/** The order in which findings are told. */
export const byWhatItTakes = (a: Ranked, b: Ranked): number =>
  byPrice(a, b) || b.runs - a.runs || a.run - b.run;
