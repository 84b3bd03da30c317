/** Cucumber's formatter of our runs: it records the run, and lets the reports tell of it. */
import { resolve } from 'node:path';
import { Formatter, type IFormatterOptions } from '@cucumber/cucumber';
import type { Envelope } from '@cucumber/messages';
import { AllureResults } from './allure.ts';
import { CucumberRecorder } from './cucumber.ts';
import { ReportFile } from './file.ts';
import { GitHub } from './github.ts';
import { indexPage } from './indexpage.ts';
import { junitOf } from './junit.ts';
import type { UnwritableError } from '../dsl/errors.ts';
import type { Language } from '../messages/index.ts';
import type { RunRecord } from './record.ts';
import { languageOfRun, Terminal } from './terminal.ts';
import type { DrawLanes } from './lanesvg.tsx';
import type { htmlOf as HtmlOf } from './training/html.ts';
import { VERSION } from './version.ts';

/** Cucumber's `formatOptions`, as far as they are ours. */
export interface ReportOptions {
  /** Folder of the Allure results; `reports/allure-results`. */
  readonly resultsDir?: string;
  /** Files to write; absent: none. */
  readonly junit?: string;
  readonly json?: string;
  /** The training report; it wants runs that are recorded with everything. */
  readonly report?: string;
  /** A folder of reports, whose first page links what there is. */
  readonly index?: string;
  /** In which the training report opens; that of the features, where all have one. */
  readonly reportLanguage?: Language;
  /** Whether the terminal shows what kubectl lines of passing steps print. */
  readonly verbose?: boolean;
  /** Whether the terminal tells of what failed alone, and the sum. */
  readonly quiet?: boolean;
  /**
   * Told of the run's end, and of what could not be written, by those who start Cucumber themselves; without,
   * the latter is thrown.
   */
  readonly ended?: (run: RunRecord, unwritable: readonly UnwritableError[]) => void;
}

export default class SeatrialFormatter extends Formatter {
  static override readonly documentation =
    'Steps with virtual time beside them, and Allure results under reports/.';
  private readonly recorder: CucumberRecorder;
  /** Whether there is a training report to write. What makes it, and pictures, is no cost of other runs. */
  private readonly writesReport: boolean;
  private htmlOf: typeof HtmlOf | undefined;
  private lanesSvg: DrawLanes | undefined;
  private readonly ended: ReportOptions['ended'];

  constructor(options: IFormatterOptions) {
    super(options);
    const { resultsDir, junit, json, report, reportLanguage, index, verbose, quiet, ended } =
      options.parsedArgvOptions as ReportOptions;
    const at = (path: string): string => resolve(options.cwd, path);
    const results = resultsDir ?? 'reports/allure-results';
    this.writesReport = report !== undefined;
    this.recorder = new CucumberRecorder(VERSION, [
      new AllureResults(at(results), (play, language) => this.lanesSvg?.(play, language)),
      // Before what may not be written.
      new Terminal((text) => this.log(text), {
        verbose: verbose === true,
        quiet: quiet === true,
        results,
        ...(report === undefined ? {} : { report }),
      }),
      ...(process.env['GITHUB_ACTIONS'] === 'true'
        ? [new GitHub((text) => this.log(text), process.env['GITHUB_STEP_SUMMARY'])]
        : []),
      ...(junit === undefined ? [] : [new ReportFile(at(junit), junitOf)]),
      ...(json === undefined ? [] : [new ReportFile(at(json), (run) => `${JSON.stringify(run)}\n`)]),
      ...(report === undefined
        ? []
        : [new ReportFile(at(report), (run) => this.htmlOf!(run, reportLanguage ?? languageOfRun(run)))]),
      ...(index === undefined ? [] : [indexPage(at(index))]),
    ]);
    this.ended = ended;
    options.eventBroadcaster.on('envelope', (envelope: Envelope) => this.recorder.take(envelope));
  }

  override async finished(): Promise<void> {
    if (this.writesReport) this.htmlOf = (await import('./training/html.ts')).htmlOf;
    if (this.recorder.holdsEverything) this.lanesSvg = (await import('./lanesvg.tsx')).lanesSvg;
    const run = this.recorder.end();
    const [first] = this.recorder.unwritable;
    if (this.ended !== undefined) this.ended(run, this.recorder.unwritable);
    else if (first !== undefined) throw first;
    await super.finished();
  }
}
