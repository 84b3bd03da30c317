/**
 * `npm run guidance`: whether guided draws find the planted bugs, and the published failures that a search is
 * to find, sooner than draws by themselves. For each, and each of some seeds, the runs until the first
 * finding either way, the ratio of their sums, the ratio that a search would come to which finds it in its
 * first run every time, and what a run costs in CPU; at the end the median of the ratios. A hunt ends after
 * so many runs or CPU seconds, and counts as if it had found then: a ratio of which one did is marked. Names
 * look for those only.
 */
import { join } from 'node:path';
import { FAILURES, libraryIn } from '../src/cli/failures/library.ts';
import { standardKit } from '../src/dsl/kit.ts';
import { selfContained } from '../src/dsl/selfcontained.ts';
import type { Kit } from '../src/dsl/types.ts';
import { runBatch, type Campaign } from '../src/explore/campaign.ts';
import { freshBeginnings } from '../src/explore/freshbeginnings.ts';
import type { Guidance } from '../src/explore/guidance.ts';
import { campaignOf, kitWith } from '../src/explore/mutants/find.ts';
import { MUTANTS } from '../src/explore/mutants/index.ts';
import { askedBy } from '../src/explore/scene.ts';
import { isAsItWas, scenariosOf, SEARCHES, type Failure } from '../src/failures/failure.ts';
import { filesIn } from '../src/files.ts';
import { bugsAsked, cpuMs } from './planted.ts';

const args = process.argv.slice(2);
const asked = (flag: string, usual: number): number => {
  const text = args.find((a) => a.startsWith(`--${flag}=`))?.slice(flag.length + 3);
  return text === undefined ? usual : Number(text);
};
const seeds = asked('seeds', 3);
const first = asked('from', 1);
const most = asked('runs', 300);
const limitMs = asked('seconds', 20) * 1000;
const library = libraryIn(FAILURES).filter((failure) => failure.search !== undefined);
const names = bugsAsked(
  'guidance',
  '--seeds=N, --from=N, --runs=N, --seconds=N',
  (word) => /^--(seeds|from|runs|seconds)=[1-9]\d*$/.test(word),
  library.map(({ name }) => name),
);

/** What is hunted for. */
interface Quarry {
  readonly name: string;
  readonly kit: Kit;
  readonly campaign: Campaign;
}

/** A published failure as it was, by the scenario that searches for it. */
function publishedOf(failure: Failure): Quarry {
  const { name } = failure;
  const files = filesIn(join(FAILURES, name));
  const { operations } = scenariosOf(failure, files, 'en', SEARCHES).find(isAsItWas)!;
  const whole = selfContained(
    operations.map((o) => o.operation),
    files,
  );
  return { name, kit: standardKit, campaign: { name, seed: 1, ...askedBy(whole, standardKit)! } };
}

const quarries: readonly Quarry[] = [
  ...MUTANTS.map((m) => ({ name: m.bug, kit: kitWith(m.bug), campaign: campaignOf(m, 1) })),
  ...library.map(publishedOf),
];

interface Hunted {
  /** Until the first finding, by seed. */
  readonly runs: readonly number[];
  /** Whether one of them ended without. */
  readonly given: boolean;
  readonly msPerRun: number;
}

function hunted({ kit, campaign: unseeded }: Quarry, guided: Pick<Campaign, 'guided'>): Hunted {
  const runs: number[] = [];
  let given = false;
  // What all runs share is played before the clock runs.
  const beginnings = freshBeginnings(kit);
  runBatch(unseeded, 0, 1, beginnings);
  const start = cpuMs();
  for (let seed = first; seed < first + seeds; seed += 1) {
    const campaign: Campaign = { ...unseeded, seed, ...guided };
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
/** Half as many runs. */
const WANTED = 2;
const ratios: { readonly ratio: number; readonly atBest: number }[] = [];
console.log(
  '| bug or failure | kinds | runs, undirected | runs, guided | ratio | at best | ms a run |\n' +
    '|---|---|---|---|---|---|---|',
);
for (const quarry of quarries) {
  if (names.length > 0 && !names.includes(quarry.name)) continue;
  const { of } = quarry.campaign.faults;
  const undirected = hunted(quarry, {});
  const guided = hunted(quarry, { guided: true });
  const ratio = sum(undirected.runs) / sum(guided.runs);
  const atBest = sum(undirected.runs) / seeds;
  ratios.push({ ratio, atBest });
  const cells = [
    quarry.name,
    typeof of === 'string' ? of : of.length,
    undirected.runs.join(' '),
    guided.runs.join(' '),
    `${ratio.toFixed(2)}${undirected.given || guided.given ? ' (given up)' : ''}`,
    atBest.toFixed(1),
    `${undirected.msPerRun.toFixed(0)}, ${guided.msPerRun.toFixed(0)}`,
  ];
  console.log(`| ${cells.join(' | ')} |`);
}

function tellMedian(of: string, values: readonly number[]): void {
  if (values.length === 0) return;
  const sorted = [...values].sort((a, b) => a - b);
  const middle = [sorted[Math.floor((sorted.length - 1) / 2)]!, sorted[Math.floor(sorted.length / 2)]!];
  console.log(`Median of ${sorted.length} ${of}: ${(sum(middle) / 2).toFixed(2)}`);
}
console.log('');
tellMedian(
  'ratios',
  ratios.map(({ ratio }) => ratio),
);
tellMedian(
  `that could be ${WANTED}`,
  ratios.filter(({ atBest }) => atBest >= WANTED).map(({ ratio }) => ratio),
);
