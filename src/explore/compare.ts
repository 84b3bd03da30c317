/** What a change makes worse: root causes of two versions of manifests, held against each other. */
import type { Concrete } from './trial.ts';
import type { Operation } from '../dsl/operations/operation.ts';
import { byPrice, type Ranked } from './rank.ts';

/**
 * - `new`: it was not found before, and what finds it does nothing of the kind there.
 * - `cheaper`: it takes less than before.
 * - `same`: either version shows it, at the same price.
 * - `dearer`: it takes more than before.
 * - `gone`: it was found before, and what found it does nothing of the kind any more.
 */
export const VERDICTS = ['new', 'cheaper', 'same', 'dearer', 'gone'] as const;
export type Verdict = (typeof VERDICTS)[number];

/** Those for which a comparison fails. */
export const isWorse = (verdict: Verdict): boolean => verdict === 'new' || verdict === 'cheaper';

export interface Compared<T> {
  readonly verdict: Verdict;
  readonly cause: string;
  readonly now?: T;
  readonly before?: T;
}

/**
 * @param shown whether what found a cause in one version shows it in the other one too: a campaign may have
 * missed it there
 */
export function compare<T extends Ranked & { readonly cause: string }>(
  now: readonly T[],
  before: readonly T[],
  shown: { readonly before: (found: T) => boolean; readonly now: (found: T) => boolean },
): Compared<T>[] {
  const compared = now.map((found): Compared<T> => {
    const { cause } = found;
    const was = before.find((b) => b.cause === cause);
    if (was === undefined) return { verdict: shown.before(found) ? 'same' : 'new', cause, now: found };
    const difference = byPrice(found, was);
    const verdict =
      difference === 0
        ? 'same'
        : difference < 0
          ? shown.before(found)
            ? 'same'
            : 'cheaper'
          : shown.now(was)
            ? 'same'
            : 'dearer';
    return { verdict, cause, now: found, before: was };
  });
  const left = before
    .filter(({ cause }) => !now.some((n) => n.cause === cause))
    .map(
      (was): Compared<T> => ({ verdict: shown.now(was) ? 'same' : 'gone', cause: was.cause, before: was }),
    );
  return [...compared, ...left].sort((a, b) => VERDICTS.indexOf(a.verdict) - VERDICTS.indexOf(b.verdict));
}

/** The same that happens, and is claimed, in another scene; a cluster that was drawn stays so. */
export function inScene(
  { seed, operations }: Concrete,
  from: readonly Operation[],
  to: readonly Operation[],
): Concrete {
  const drawn = operations.slice(0, from.length).filter((_, i) => from[i]!.op === 'anyCluster');
  const scene = to.map((o) => (o.op === 'anyCluster' ? (drawn.shift() ?? o) : o));
  return { seed, operations: [...scene, ...operations.slice(from.length)] };
}
