/**
 * Hostile input of every kind, drawn from a seed and bounded. The rule: it is accepted, or refused in a
 * message; it is never a defect, and never takes longer than some seconds.
 */
import { fuzzFeatures } from './features.ts';
import { fuzzFlags, fuzzLines, fuzzReplays, fuzzSchedules } from './lines.ts';
import { fuzzManifests, fuzzPatches } from './manifests.ts';
import { fuzzScripts } from './scripts.ts';
import type { Tally } from './outcome.ts';
import { fuzzTerminal } from './terminal.ts';

export interface Attack {
  readonly name: string;
  /** @param runs how many inputs are drawn */
  readonly run: (seed: number, runs: number) => Tally;
  /** Inputs in every test run, which take about a second. */
  readonly few: number;
  /** Inputs in the release check, which take about a minute. */
  readonly many: number;
}

/**
 * @param manifest path of a manifest that can be explored. @param recorded text of a recorded scenario, as an
 * object
 */
export const attacks = (manifest: string, recorded: unknown): Attack[] => [
  { name: 'manifests', run: fuzzManifests, few: 150, many: 10_000 },
  { name: 'patches', run: fuzzPatches, few: 80, many: 5_000 },
  { name: 'features', run: fuzzFeatures, few: 60, many: 3_000 },
  { name: 'scripts', run: fuzzScripts, few: 15, many: 1_000 },
  { name: 'kubectl lines', run: fuzzLines, few: 200, many: 20_000 },
  { name: 'lines of a terminal', run: fuzzTerminal, few: 40, many: 3_000 },
  { name: 'schedules', run: fuzzSchedules, few: 40, many: 3_000 },
  { name: 'replays', run: (seed, runs) => fuzzReplays(seed, runs, recorded), few: 40, many: 3_000 },
  { name: 'flags', run: (seed, runs) => fuzzFlags(seed, runs, manifest), few: 200, many: 20_000 },
];
