/** Looks for one planted bug as a campaign would, on one core. */
import { extendKit, standardKit } from '../../dsl/kit.ts';
import type { Kit } from '../../dsl/types.ts';
import type { Bug } from '../../sim/planted.ts';
import { runBatch, type Campaign } from '../campaign.ts';
import { freshBeginnings } from '../freshbeginnings.ts';
import { minimal, type Counterexample } from '../minimal.ts';
import { invariantsHold } from '../scene.ts';
import { tryOut } from '../trial.ts';
import type { Mutant } from './index.ts';
import { SCENES } from './scenes.ts';

export interface Hunt {
  /** Runs until the first finding, or all. */
  readonly runs: number;
  /** Absent: not found. */
  readonly found: Counterexample | undefined;
  /**
   * What was found fails without the planted bug too: it is a bug of Seatrial, or an invariant that asks too
   * much.
   */
  readonly failsWithout: boolean;
  /** Real seconds to the finding, and with shrinking. */
  readonly seconds: number;
  readonly shrunkSeconds: number;
}

export const campaignOf = ({ scene, faults }: Pick<Mutant, 'scene' | 'faults'>, seed: number): Campaign => ({
  name: scene,
  seed,
  scene: SCENES[scene],
  claims: [invariantsHold],
  faults: { min: 1, max: 5, withinMs: 600_000, of: faults ?? 'all' },
});

/** What is played with where the bug is in every cluster. */
export const kitWith = (bug: Bug): Kit => extendKit(standardKit, { settings: { planted: bug } });

/** @param clock real time in ms */
export function hunt(
  mutant: Mutant,
  { seed, runs, limitMs, clock }: { seed: number; runs: number; limitMs: number; clock: () => number },
): Hunt {
  const beginnings = freshBeginnings(kitWith(mutant.bug));
  const campaign = campaignOf(mutant, seed);
  const start = clock();
  const secondsNow = (): number => (clock() - start) / 1000;
  for (let run = 0; run < runs && clock() - start < limitMs; run += 1) {
    const { findings } = runBatch(campaign, run, run + 1, beginnings);
    if (findings.length === 0) continue;
    const seconds = secondsNow();
    const found = minimal(
      findings[0]!,
      beginnings,
      [`The bug ${mutant.bug} is planted.`],
      () => clock() - start < limitMs + 30_000,
    );
    const shrunkSeconds = secondsNow();
    const failsWithout = found !== undefined && tryOut(found.scenario, freshBeginnings()).failures.length > 0;
    return { runs: run + 1, found, failsWithout, seconds, shrunkSeconds };
  }
  const seconds = secondsNow();
  return { runs, found: undefined, failsWithout: false, seconds, shrunkSeconds: seconds };
}
