/**
 * `seatrial mutate <features>`: whether scenarios would notice. Each is played with every weakening of its
 * manifests, and without each of its actions.
 */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { dirname, resolve, sep } from 'node:path';
import type { Command } from 'commander';
import { readFeature } from '../../dsl/feature.ts';
import { standardKit } from '../../dsl/kit.ts';
import { loadKit } from '../../dsl/kitfile.ts';
import { filesIn } from '../../files.ts';
import { isKustomization } from '../../kubectl/index.ts';
import { pathsNamedBy } from '../../mutate/mutation.ts';
import { coverageOf, percentOf, scoreOf, shareOf, toldOf, type ScenarioResult } from '../../mutate/result.ts';
import { writeWhole } from '../../report/writing.ts';
import { BAD_INPUT, FAILED, PASSED, UsageError } from '../exit.ts';
import { duration, whole } from '../explore/asked.ts';
import { Pool } from '../explore/pool.ts';
import { featureFiles } from '../featurefiles.ts';
import { KIT_OPTION, namePattern, TOLD_IN_OPTION, reportLanguage } from '../options.ts';
import { overwrite } from '../output.ts';
import { mutatePage } from './page.ts';
import type { MutateTask } from './task.ts';
import { sharedLanguage, tellLines, tellNothing, tellScenario, tellSummary } from './tell.ts';

interface MutateFlags {
  readonly kit?: string;
  readonly seed?: string;
  readonly since?: string;
  readonly workers?: string;
  readonly timeLimit?: string;
  readonly name?: readonly string[];
  readonly lines?: boolean;
  readonly all?: boolean;
  readonly bugs?: boolean;
  readonly atLeast?: string;
  readonly json?: string;
  readonly html?: string;
  readonly lang?: string;
}

/** A scenario of a feature file, by its place among the scenarios of the file. */
interface Asked {
  readonly file: string;
  readonly scenario: number;
  /** Manifests, as it names them. */
  readonly paths: readonly string[];
}

/** `x.feature:12:30`: the file, and the lines that are named of it. */
function linesOf(path: string): { file: string; lines: number[] } {
  const [, file = path, lines = ''] = /^(.*?)((?::\d+)*)$/.exec(path) ?? [];
  return { file, lines: lines.split(':').slice(1).map(Number) };
}

async function scenariosOf(paths: readonly string[], flags: MutateFlags): Promise<Asked[]> {
  const kit = flags.kit === undefined ? standardKit : await loadKit(flags.kit);
  const named = (flags.name ?? []).map(namePattern);
  return featureFiles(paths).flatMap((path) => {
    const { file, lines } = linesOf(path);
    return readFeature(readFileSync(file, 'utf8'), file, kit).flatMap(
      ({ line, name, operations }, scenario) =>
        (lines.length === 0 || lines.includes(line)) &&
        (named.length === 0 || named.some((p) => p.test(name)))
          ? [{ file, scenario, paths: pathsNamedBy(operations) }]
          : [],
    );
  });
}

/** Files that differ from a revision, and new ones. @throws UsageError outside of a repository */
function changedSince(revision: string): Set<string> {
  const git = (...args: string[]): string => {
    try {
      return execFileSync('git', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
    } catch (error) {
      const why = String((error as { stderr?: unknown }).stderr ?? (error as Error).message).split('\n')[0];
      throw new UsageError(`--since ${revision}: git says "${why}"`);
    }
  };
  const root = git('rev-parse', '--show-toplevel').trim();
  return new Set(
    [
      git('diff', '--name-only', revision, '--'),
      git('ls-files', '--others', '--exclude-standard', '--full-name'),
    ]
      .join('')
      .split('\n')
      .filter((name) => name !== '')
      .map((name) => resolve(root, name)),
  );
}

const MANIFEST = /\.(ya?ml|json)$/;

/**
 * Only scenarios of features that changed, that name what did, or that have a manifest beside them that did.
 * A kustomization may take in any.
 */
function since(asked: readonly Asked[], { since: revision, kit }: MutateFlags): Asked[] {
  if (revision === undefined) return [...asked];
  const changed = changedSince(revision);
  if (kit !== undefined && changed.has(resolve(kit))) return [...asked];
  const manifests = [...changed].filter((file) => MANIFEST.test(file));
  const folders = new Set(manifests.map((file) => dirname(file)));
  return asked.filter(({ file, paths }) => {
    const folder = dirname(resolve(file));
    if (changed.has(resolve(file)) || folders.has(folder)) return true;
    return paths.some((path) => {
      const named = resolve(folder, path);
      if (manifests.some((manifest) => manifest === named || manifest.startsWith(`${named}${sep}`)))
        return true;
      return manifests.length > 0 && isKustomization(path, filesIn(folder));
    });
  });
}

const KINDS = ['edit', 'step', 'bug'];

/** A scenario that was shared out has its changes by the worker that tried them. */
const inOrder = (result: ScenarioResult): ScenarioResult => ({
  ...result,
  mutants: result.mutants.toSorted(
    (a, b) => KINDS.indexOf(a.kind) - KINDS.indexOf(b.kind) || (a.spot?.line ?? 0) - (b.spot?.line ?? 0),
  ),
});

/** @returns the exit code */
async function mutate(paths: readonly string[], flags: MutateFlags): Promise<number> {
  const least = flags.atLeast === undefined ? undefined : whole('at-least', flags.atLeast, 0);
  if (least !== undefined && least > 100)
    throw new UsageError(`--at-least takes a whole number of percent from 0 to 100, not "${least}"`);
  const asking = flags.lang === undefined ? undefined : reportLanguage(flags.lang);
  const asked = since(await scenariosOf(paths, flags), flags);
  if (asked.length === 0) {
    tellNothing(flags.since !== undefined, asking ?? 'en');
    return flags.since === undefined ? BAD_INPUT : PASSED;
  }
  const start = Date.now();
  const untilMs =
    flags.timeLimit === undefined ? Number.MAX_SAFE_INTEGER : start + duration('time-limit', flags.timeLimit);
  const pool = new Pool(
    flags.workers === undefined ? undefined : whole('workers', flags.workers, 1),
    flags.kit,
  );
  // A scenario alone is shared out, so that no core is idle.
  const parts = asked.length >= pool.workers * 2 ? 1 : pool.workers;
  const tasks = asked.flatMap(({ file, scenario }, place) =>
    Array.from({ length: parts }, (_, part) => ({
      place,
      task: {
        do: 'mutate',
        file,
        scenario,
        part,
        parts,
        untilMs,
        ...(flags.bugs === true ? { bugs: true as const } : {}),
        ...(flags.seed === undefined ? {} : { seed: flags.seed }),
        ...(asking === undefined ? {} : { language: asking }),
      } satisfies MutateTask,
    })),
  );
  const results: (ScenarioResult | undefined)[] = asked.map(() => undefined);
  let next = 0;
  let done = 0;
  const lane = async (): Promise<void> => {
    while (next < tasks.length && Date.now() < untilMs) {
      const { place, task } = tasks[next]!;
      next += 1;
      const { result } = await pool.run<'mutate'>(task);
      const before = results[place];
      results[place] =
        before === undefined
          ? result
          : { ...before, ...result, mutants: [...before.mutants, ...result.mutants] };
      done += 1;
      overwrite(`${done} of ${tasks.length}`);
    }
  };
  try {
    await Promise.all(Array.from({ length: pool.workers }, lane));
  } finally {
    overwrite('');
    await pool.close();
  }
  const ended = results.filter((r) => r !== undefined).map(inOrder);
  const language = sharedLanguage(ended, asking);
  const told = toldOf(ended);
  for (const result of ended) tellScenario(result, told.gaps, { language: asking, all: flags.all === true });
  if (flags.lines === true) tellLines(ended, language);
  const untried = asked.length - ended.length + ended.filter((r) => r.cut === true).length;
  const isCut = untried > 0 || done < tasks.length;
  tellSummary(ended, told, Date.now() - start, isCut ? untried : undefined, language);
  const percent = percentOf(told);
  if (flags.json !== undefined) {
    const score = scoreOf(ended);
    const all = {
      score: { ...score, noticed: told.noticed, gaps: told.gaps.length, percent, share: shareOf(score) },
      gaps: told.gaps.map(({ scenario: { file, line, name }, mutant }) => ({
        file,
        line,
        scenario: name,
        mutant,
      })),
      scenarios: ended,
      lines: coverageOf(ended),
    };
    writeWhole(flags.json, `${JSON.stringify(all, undefined, 1)}\n`);
  }
  if (flags.html !== undefined) writeWhole(flags.html, mutatePage(ended, language));
  if (ended.some((r) => r.broken !== undefined)) return BAD_INPUT;
  const isLess = least === undefined ? told.gaps.length > 0 : percent < least;
  return isLess ? FAILED : PASSED;
}

export function addMutate(program: Command): void {
  program
    .command('mutate')
    .description(
      'test your tests: play scenarios with each weakening of their manifests and without each action: ' +
        'exit code 0 no gap in what the features are about, 1 a gap, 2 bad input',
    )
    .argument('<feature...>', 'feature files, files with a line (x.feature:12), or folders')
    .option('--since <revision>', 'only scenarios that differ from a revision of git, or whose manifests do')
    .option('--name <pattern...>', 'only scenarios whose name fits')
    .option('--seed <seed>', 'seed of scenarios that name none by a tag @seed:N (1)')
    .option('--workers <n>', 'worker processes (one a core)')
    .option('--time-limit <duration>', 'real time after which no further scenario is tried')
    .option('--all', 'tell also what a scenario is not about, and what others of its feature notice')
    .option('--lines', 'say of each line of the manifests which scenario would notice its loss')
    .option('--bugs', 'play them also with each of the bugs that Seatrial can plant in its own controllers')
    .option('--at-least <percent>', 'exit code 1 below this score only')
    .option('--html <file>', 'write a page of it')
    .option('--lang <language>', TOLD_IN_OPTION)
    .option('--json <file>', 'write all of it')
    .option('--kit <file>', KIT_OPTION)
    .action(async (paths: string[], flags: MutateFlags) => {
      process.exitCode = await mutate(paths, flags);
    });
}
