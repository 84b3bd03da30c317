/**
 * `npm run guidance`: whether guided draws find the planted bugs sooner than draws by themselves. For each
 * bug, and each of some seeds, the runs until the first finding either way, the ratio of their sums, and what
 * a run costs in CPU; at the end the median of the ratios. A hunt ends after so many runs or CPU seconds, and
 * counts as if it had found then: a ratio of which one did is marked. Names look for those bugs only.
 */
import { runBatch, type Campaign } from '../src/explore/campaign.ts';
import { freshBeginnings } from '../src/explore/freshbeginnings.ts';
import type { Guidance } from '../src/explore/guidance.ts';
import { campaignOf, kitWith } from '../src/explore/mutants/find.ts';
import { MUTANTS, type Mutant } from '../src/explore/mutants/index.ts';
import { bugsAsked, cpuMs } from './planted.ts';

const args = process.argv.slice(2);
const asked = (flag: string, usual: number): number => {
  const text = args.find((a) => a.startsWith(`--${flag}=`))?.slice(flag.length + 3);
  return text === undefined ? usual : Number(text);
};
const seeds = asked('seeds', 3);
const most = asked('runs', 300);
const limitMs = asked('seconds', 20) * 1000;
const names = bugsAsked('guidance', '--seeds=N, --runs=N, --seconds=N', (word) =>
  /^--(seeds|runs|seconds)=[1-9]\d*$/.test(word),
);

interface Hunted {
  /** Until the first finding, by seed. */
  readonly runs: readonly number[];
  /** Whether one of them ended without. */
  readonly given: boolean;
  readonly msPerRun: number;
}

function hunted(mutant: Mutant, guided: Pick<Campaign, 'guided'>): Hunted {
  const runs: number[] = [];
  let given = false;
  // What all runs share is played before the clock runs.
  const beginnings = freshBeginnings(kitWith(mutant.bug));
  runBatch(campaignOf(mutant, 1), 0, 1, beginnings);
  const start = cpuMs();
  for (let seed = 1; seed <= seeds; seed += 1) {
    const campaign: Campaign = { ...campaignOf(mutant, seed), ...guided };
    const began = cpuMs();
    let guidance: Guidance | undefined;
    for (let run = 0; ; run += 1) {
      const batch = runBatch(campaign, run, run + 1, beginnings, guidance === undefined ? {} : { guidance });
      guidance = batch.guidance;
      const over = run + 1 >= most || cpuMs() - began > limitMs;
      if (batch.findings.length === 0 && !over) continue;
      given ||= batch.findings.length === 0;
      runs.push(run + 1);
      break;
    }
  }
  return { runs, given, msPerRun: (cpuMs() - start) / runs.reduce((sum, n) => sum + n, 0) };
}

const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0);
const ratios: number[] = [];
console.log(
  '| bug | kinds | runs, undirected | runs, guided | ratio | ms a run |\n|---|---|---|---|---|---|',
);
for (const mutant of MUTANTS) {
  if (names.length > 0 && !names.includes(mutant.bug)) continue;
  const undirected = hunted(mutant, {});
  const guided = hunted(mutant, { guided: true });
  const ratio = sum(undirected.runs) / sum(guided.runs);
  ratios.push(ratio);
  const cells = [
    mutant.bug,
    mutant.faults?.length ?? 'all',
    undirected.runs.join(' '),
    guided.runs.join(' '),
    `${ratio.toFixed(2)}${undirected.given || guided.given ? ' (given up)' : ''}`,
    `${undirected.msPerRun.toFixed(0)}, ${guided.msPerRun.toFixed(0)}`,
  ];
  console.log(`| ${cells.join(' | ')} |`);
}
ratios.sort((a, b) => a - b);
const middle = [ratios[Math.floor((ratios.length - 1) / 2)]!, ratios[Math.floor(ratios.length / 2)]!];
console.log(`\nMedian of ${ratios.length} ratios: ${(sum(middle) / 2).toFixed(2)}`);
