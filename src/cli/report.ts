/** `seatrial report`: plays features, or takes the record of a run, and writes the training report. */
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Command } from 'commander';
import { RECORD_VERSION, type RunRecord } from '../report/record.ts';
import { languageOfRun } from '../report/terminal.ts';
import { writeWhole } from '../report/writing.ts';
import { PASSED, UsageError } from './exit.ts';
import { KIT_OPTION, OPENS_IN_OPTION, REPORTS, reportLanguage } from './options.ts';
import { tell } from './output.ts';
import { run, type RunOptions } from './run.ts';

interface Options extends Pick<RunOptions, 'kit' | 'seed' | 'tags' | 'name' | 'lang'> {
  readonly out: string;
}

/** @throws UsageError for what is neither a record of ours nor a log, InputError for a log that is damaged */
async function recordIn(path: string): Promise<RunRecord> {
  let record: Partial<RunRecord>;
  try {
    record = JSON.parse(readFileSync(path, 'utf8')) as Partial<RunRecord>;
  } catch {
    throw new UsageError(`${path} cannot be read as JSON: "seatrial run --json ${path}" writes a record`);
  }
  if ('inputs' in record) {
    // Who reports on features needs no server.
    const { logOf, recordServed } = await import('./servedrecord.ts');
    const log = logOf(record);
    if (log !== undefined) return recordServed(log, path);
  }
  if (record?.version !== RECORD_VERSION || !Array.isArray(record.features))
    throw new UsageError(
      `${path} is no record of a run of this version, which "seatrial run --json ${path}" writes, and no ` +
        `log of a served cluster, which "seatrial serve --log ${path}" does`,
    );
  return record as RunRecord;
}

/** Whether a path is of what a run or a server wrote: a log may have any name. */
const isRecord = (path: string): boolean =>
  path.endsWith('.json') ||
  (!/\.feature(?::\d+)*$/.test(path) && statSync(path, { throwIfNoEntry: false })?.isFile() === true);

async function report(what: readonly string[], { out, lang, ...options }: Options): Promise<number> {
  const asked = lang === undefined ? undefined : reportLanguage(lang);
  const [first = ''] = what;
  if (!isRecord(first))
    return await run(what, { ...options, report: out, ...(lang === undefined ? {} : { lang }) });
  if (what.length > 1) throw new UsageError('a report is made of one record, or of features');
  const record = await recordIn(first);
  // The page's components are no start-up cost of the other commands.
  const { htmlOf } = await import('../report/training/html.ts');
  writeWhole(out, htmlOf(record, asked ?? languageOfRun(record)));
  tell(`Training report: ${out} (open it in a browser)`);
  return PASSED;
}

export function addReport(program: Command): void {
  program
    .command('report')
    .description(
      'write the training report: one HTML file with story, lanes, causes and kubectl at any moment',
    )
    .argument(
      '<what...>',
      'feature files or folders, which are played; or what run --json or serve --log wrote',
    )
    .option('--out <file>', 'where it is written', join(REPORTS, 'report.html'))
    .option('--lang <language>', OPENS_IN_OPTION)
    .option('--kit <file>', KIT_OPTION)
    .option('--seed <seed>', 'seed of scenarios that name none by a tag @seed:N (1)')
    .option('--tags <expression>', 'only scenarios whose tags fit, such as "not @slow"')
    .option('--name <pattern...>', 'only scenarios whose name fits')
    .action(async (what: string[], options: Options) => {
      process.exitCode = await report(what, options);
    });
}
