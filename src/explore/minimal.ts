/** From a finding of a campaign to its smallest scenario. */
import { ClaimError } from '../dsl/errors.ts';
import { vocabularyOf } from '../dsl/phrases/vocabulary.ts';
import type { Beginnings } from './beginnings.ts';
import type { Finding } from './campaign.ts';
import { featureOf, inPlainSteps, sizeOf } from './counterexample.ts';
import { shrink } from './shrink.ts';
import { tryOut, type Concrete } from './trial.ts';

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
  const failure = (scenario: Concrete): ClaimError | undefined =>
    tryOut(scenario, beginnings).failures[0]?.error;
  const fails = (scenario: Concrete): boolean => failure(scenario) !== undefined;
  const failsInTime = (scenario: Concrete): boolean =>
    tryOut(scenario, beginnings, { limits: { overdue: () => !more() } }).failures.length > 0;
  if (!fails(finding.scenario)) return undefined;
  const scenario = inPlainSteps(shrink(finding.scenario, failsInTime, words, more), fails);
  const error = failure(scenario)!;
  return {
    claim: finding.claim,
    run: finding.run,
    scenario,
    size: sizeOf(scenario, words),
    message: error.message,
    feature: featureOf(finding.claim.replace(/^Then /, ''), scenario, how, beginnings.kit),
  };
}
