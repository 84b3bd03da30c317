/** From a finding of a campaign to its smallest scenario. */
import { vocabularyOf } from '../dsl/phrases/vocabulary.ts';
import type { Beginnings } from './beginnings.ts';
import type { Finding } from './campaign.ts';
import { featureOf, inPlainSteps, sizeOf } from './counterexample.ts';
import { shrink } from './shrink.ts';
import { failsLike, tryOut, type Concrete } from './trial.ts';

export interface Counterexample {
  readonly claim: string;
  readonly run: number;
  readonly scenario: Concrete;
  /** How many things happen in it. */
  readonly size: number;
  /** What a run of it says. */
  readonly message: string;
  readonly feature: string;
}

/**
 * @param how said in the feature
 * @param more whether to go on shrinking
 * @returns undefined when the finding does not fail again: then something is not deterministic
 */
export function minimal(
  finding: Finding,
  beginnings: Beginnings,
  how: readonly string[],
  more: () => boolean = () => true,
): Counterexample | undefined {
  const words = vocabularyOf(beginnings.kit);
  const found = tryOut(finding.scenario, beginnings);
  if (found.failures.length === 0) return undefined;
  const fails = failsLike(found, words);
  const failsInTime = (scenario: Concrete): boolean =>
    fails(tryOut(scenario, beginnings, { limits: { overdue: () => !more() } }));
  const scenario = inPlainSteps(shrink(finding.scenario, failsInTime, words, more), (smaller) =>
    fails(tryOut(smaller, beginnings)),
  );
  const { error } = tryOut(scenario, beginnings).failures[0]!;
  return {
    claim: finding.claim,
    run: finding.run,
    scenario,
    size: sizeOf(scenario, words),
    message: error.message,
    feature: featureOf(finding.claim.replace(/^Then /, ''), scenario, how, beginnings.kit),
  };
}
