/** From a finding of a campaign to its smallest scenario. */
import { vocabularyOf } from '../dsl/phrases/vocabulary.ts';
import type { Beginnings } from './beginnings.ts';
import { causesIn, type Finding } from './campaign.ts';
import { featureOf, inPlainSteps, sizeOf } from './counterexample.ts';
import { takenBy, type Taken } from './rank.ts';
import { shrink } from './shrink.ts';
import { failsLike, tryOut, type Concrete } from './trial.ts';

export interface Counterexample {
  readonly claim: string;
  readonly run: number;
  readonly scenario: Concrete;
  /** How many things happen in it. */
  readonly size: number;
  /** What it takes in the cluster in which it was found, and as a scenario of that. */
  readonly taken: Taken;
  readonly fewest: Concrete;
  /** Time was over before no fault could be left out or made less of any more. */
  readonly cutShort?: true;
  /** What a run of it says. */
  readonly message: string;
  readonly feature: string;
}

/** Scenarios that one shrinking plays at the most: the same on any machine. */
const MOST_TRIES = 300;

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
  let tries = 0;
  const goesOn = (): boolean => tries < MOST_TRIES && more();
  const isLikeFound = failsLike(found, words);
  /** In the same way, and because of the same: what fails for another reason would be another finding. */
  const fails = (scenario: Concrete, limited = true): boolean => {
    tries += 1;
    const { trial, findings } = causesIn(
      scenario,
      beginnings,
      limited ? { limits: { overdue: () => !more() } } : {},
    );
    return isLikeFound(trial) && findings.some(({ cause }) => cause.key === finding.cause.key);
  };
  // With less world less is enough: what it takes is said of the cluster that was asked about.
  const fewest = shrink(finding.scenario, fails, words, goesOn, 'faults');
  const cutShort = !more();
  const scenario = inPlainSteps(shrink(fewest, fails, words, goesOn), (smaller) => fails(smaller, false));
  const { error } = tryOut(scenario, beginnings).failures[0]!;
  return {
    claim: finding.claim,
    run: finding.run,
    scenario,
    size: sizeOf(scenario, words),
    taken: takenBy(fewest, beginnings.kit),
    fewest,
    ...(cutShort ? { cutShort } : {}),
    message: error.message,
    feature: featureOf(finding.claim.replace(/^Then /, ''), scenario, how, beginnings.kit),
  };
}
