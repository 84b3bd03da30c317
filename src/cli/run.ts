/** `seatrial run <feature…>`: plays feature files, wherever they are, with our steps. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { loadConfiguration, runCucumber } from '@cucumber/cucumber/api';
import { type Command, Option } from 'commander';
import { parseDuration } from '../chaos/duration.ts';
import { loadKit } from '../dsl/kitfile.ts';
import type { ReportOptions } from '../report/formatter.ts';
import type { Pace } from '../serve/clock.ts';
import { isBad, type Result, type RunRecord } from '../report/record.ts';
import { asPattern, featureFiles } from './featurefiles.ts';
import { IS_SOURCE } from './place.ts';
import { BAD_INPUT, DEFECT, FAILED, PASSED, UsageError } from './exit.ts';
import {
  KIT_OPTION,
  KUBECONFIG,
  OPENS_IN_OPTION,
  namePattern,
  REPORTS,
  reportLanguage,
  SKIP_UNSUPPORTED,
} from './options.ts';
import { complain, complaints } from './output.ts';
import { paceFrom } from './pace.ts';
import { portOf } from './port.ts';

const at = (path: string): string =>
  fileURLToPath(new URL(`../../${IS_SOURCE ? path : path.replace(/\.ts$/, '.js')}`, import.meta.url));

/** A driver of real clusters takes as long to load as all else that a run needs. */
const realCluster = () => import('./realcluster.ts');

/** Brings our steps: named as a file, a package folder under node_modules is no place for globs. */
const SUPPORT = 'src/cucumber.ts';

/** How the clusters of scenarios are served. */
interface Serving {
  readonly port: number;
  readonly pace: Pace;
  readonly kubeconfig: string;
}

/**
 * Writes a support file that has scenarios played with a kit, or their clusters served, since Cucumber takes
 * code by its path only.
 * @throws InputError for what is no kit
 */
async function supportOf(
  kit: string | undefined,
  serving: Serving | undefined,
  folder: string,
): Promise<string> {
  if (kit !== undefined) await loadKit(kit);
  const file = join(folder, 'support.mjs');
  const href = (path: string): string => JSON.stringify(pathToFileURL(path).href);
  const own = kit === undefined ? [] : [`import kit from ${href(resolve(kit))};`];
  const lines =
    serving === undefined
      ? [...own, `import { useKit } from ${href(at(SUPPORT))};`, 'useKit(kit);']
      : [
          ...own,
          `import { serveScenarios } from ${href(at('steps/serving.ts'))};`,
          `serveScenarios(${[JSON.stringify(serving), ...(kit === undefined ? [] : ['kit'])].join(', ')});`,
        ];
  writeFileSync(file, `${lines.join('\n')}\n`);
  return file;
}

const CODES: Readonly<Record<Result, number>> = {
  passed: PASSED,
  skipped: PASSED,
  failed: FAILED,
  invalid: BAD_INPUT,
  defect: DEFECT,
};

/** How a run ends the command. */
function codeOf({ result, features }: RunRecord): number {
  if (isBad(result) || features.length > 0) return CODES[result];
  complain('seatrial: there is no scenario to run in what was named');
  return BAD_INPUT;
}

export interface RunOptions {
  readonly kit?: string;
  readonly seed?: string;
  readonly runs?: string;
  readonly timeLimit?: string;
  readonly tags?: string;
  readonly name?: string[];
  readonly junit?: string;
  readonly json?: string;
  readonly report?: string;
  readonly lang?: string;
  readonly strict?: boolean;
  readonly skipUnsupported?: boolean;
  readonly verbose?: boolean;
  readonly quiet?: boolean;
  readonly reports?: string;
  readonly cluster?: string;
  readonly context?: string;
  readonly namespace?: string[];
  readonly node?: string[];
  readonly yes?: boolean;
  readonly serve?: boolean;
  readonly clock?: string;
  readonly port?: string;
  readonly kubeconfig?: string;
}

/** @throws UsageError for what is no duration */
function timeLimit(text: string): number {
  const ms = parseDuration(text);
  if (ms === undefined)
    throw new UsageError(`--time-limit takes a duration such as 90s or 5m, not "${text}"`);
  return ms;
}

/** @throws UsageError */
function servingOf({
  serve,
  port = '0',
  clock = 'live',
  kubeconfig = KUBECONFIG,
}: RunOptions): Serving | undefined {
  return serve === true ? { port: portOf(port), pace: paceFrom(clock), kubeconfig } : undefined;
}

/** @returns the exit code */
export async function run(features: readonly string[], options: RunOptions): Promise<number> {
  for (const text of options.name ?? []) namePattern(text);
  const files = featureFiles(features);
  if (options.cluster !== undefined) {
    const code = await (await realCluster()).planned(files, options).catch((error: unknown) => {
      throw refused(error, options);
    });
    if (code !== undefined) return code;
  }
  const serving = servingOf(options);
  if (options.kit === undefined && serving === undefined) return play(files, [], options);
  const folder = mkdtempSync(join(tmpdir(), 'seatrial-'));
  try {
    return await play(files, [await supportOf(options.kit, serving, folder)], options);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** What Cucumber refuses of the command line, as bad input; it says why in the cause. */
function refused(error: unknown, { tags }: RunOptions): unknown {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  return tags !== undefined && cause instanceof Error && cause.message.startsWith('Tag expression ')
    ? new UsageError(`--tags takes an expression such as "not @slow": ${cause.message}`)
    : error;
}

/** @param support files of code beside our steps */
async function play(
  files: readonly string[],
  support: readonly string[],
  options: RunOptions,
): Promise<number> {
  let code: number | undefined;
  const { reports = REPORTS } = options;
  const real = options.cluster === undefined ? undefined : (await realCluster()).realClusterOf(options);
  const { runConfiguration } = await loadConfiguration({
    file: false,
    provided: {
      paths: files.map(asPattern),
      import: [asPattern(at(SUPPORT)), ...support.map(asPattern)],
      format: [at('src/report/formatter.ts')],
      formatOptions: {
        resultsDir: join(reports, 'allure-results'),
        index: reports,
        ...(options.junit === undefined ? {} : { junit: options.junit }),
        ...(options.json === undefined ? {} : { json: options.json }),
        ...(options.report === undefined
          ? {}
          : {
              report: options.report,
              ...(options.lang === undefined ? {} : { reportLanguage: reportLanguage(options.lang) }),
            }),
        ...(options.verbose === true ? { verbose: true } : {}),
        ...(options.quiet === true ? { quiet: true } : {}),
      } satisfies ReportOptions,
      worldParameters: {
        seatrial: {
          ...(options.seed === undefined ? {} : { seed: options.seed }),
          ...(options.runs === undefined ? {} : { runs: options.runs }),
          ...(options.timeLimit === undefined ? {} : { timeLimitMs: timeLimit(options.timeLimit) }),
          record: options.json === undefined && options.report === undefined ? 'verdicts' : 'everything',
          ...(options.skipUnsupported === true ? { skipUnsupported: true } : {}),
          ...(options.strict === true ? { strict: true } : {}),
          ...(real === undefined
            ? {}
            : { cluster: { ...real, namespaces: [...real.namespaces], nodes: [...real.nodes] } }),
          reports,
        },
      },
      ...(options.tags === undefined ? {} : { tags: options.tags }),
      ...(options.name === undefined ? {} : { name: options.name }),
    },
  });
  // Functions do not pass through Cucumber's reading of its configuration.
  Object.assign(runConfiguration.formats.options, {
    ended: (run, unwritable) => {
      code = unwritable.length > 0 ? BAD_INPUT : codeOf(run);
      for (const { message } of unwritable) complain(`seatrial: ${message}`);
    },
  } satisfies ReportOptions);
  try {
    await runCucumber(runConfiguration, { stderr: complaints() });
  } catch (error) {
    throw refused(error, options);
  }
  return code ?? DEFECT;
}

export function addRun(program: Command): void {
  program
    .command('run')
    .description('play feature files: exit code 0 passed, 1 a claim failed, 2 bad input')
    .argument('<feature...>', 'feature files, files with a line (x.feature:12), or folders')
    .option('--kit <file>', KIT_OPTION)
    .option('--seed <seed>', 'seed of scenarios that name none by a tag @seed:N (1)')
    .option('--runs <n>', 'draws of property scenarios that name no number by a tag @runs:N (100)')
    .option(
      '--time-limit <duration>',
      'real time that a scenario may take; a property scenario then draws no more',
    )
    .option('--tags <expression>', 'only scenarios whose tags fit, such as "not @slow"')
    .option('--name <pattern...>', 'only scenarios whose name fits')
    .option('--skip-unsupported', SKIP_UNSUPPORTED)
    .option('--strict', 'fail scenarios with warnings: claims that held and prove nothing')
    .option('--verbose', 'show what kubectl lines print, in steps that pass too')
    .addOption(new Option('--quiet', 'tell of what failed alone, and the sum').conflicts('verbose'))
    .option('--junit <file>', 'write JUnit XML, for CI systems')
    .option('--json <file>', 'write the whole record of the run: operations, history, what was so')
    .option('--report <file>', 'write the training report: one HTML file that replays the run')
    .option('--lang <language>', OPENS_IN_OPTION)
    .option('--reports <folder>', 'where results and counterexamples are written', REPORTS)
    .option(
      '--cluster <kubeconfig>',
      'play on a real cluster; without --yes only what would be done is listed',
    )
    .option('--context <name>', 'which context of the kubeconfig; the current one')
    .option(
      '--namespace <name...>',
      'namespaces of the real cluster that may be touched, the first the default one',
    )
    .option(
      '--node <name...>',
      'nodes of the real cluster that may be cordoned, drained, tainted and labelled, and their Pods cut off',
    )
    .option(
      '--client-image <image>',
      'of the Pods that send requests on the real cluster: it has a shell and curl',
    )
    .option('--yes', 'do it; what was made is removed, and what was changed is put back, in the end')
    .addOption(
      new Option('--serve', "serve each scenario's cluster over Kubernetes' API while it is played")
        // What clients did is no part of what a report replays.
        .conflicts(['cluster', 'report', 'json']),
    )
    .option('--clock <pace>', 'with --serve: live, x10 and its like; settle: as fast as it can', 'live')
    .option('--port <port>', 'with --serve: on which; 0: any that is free', '0')
    .option('--kubeconfig <file>', 'with --serve: where the kubeconfig is written', KUBECONFIG)
    .action(async (features: string[], options: RunOptions) => {
      process.exitCode = await run(features, options);
    });
}
