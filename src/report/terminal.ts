/**
 * What a run prints: each scenario's steps with virtual time beside them, what failed and why, and a summary.
 */
import { relative } from 'node:path';
import { printClock } from '../chaos/duration.ts';
import {
  isBad,
  type Attached,
  type FeatureRecord,
  type OperationRecord,
  type PrintedRecord,
  type Problem,
  type RunRecord,
  type ScenarioRecord,
  type StepRecord,
  type StrikeRecord,
} from './record.ts';
import { givenTexts } from './given.ts';
import { bounded } from '../messages/bounded.ts';
import { languageOf, say, shortened, type Language } from '../messages/index.ts';
import { addedText, metText } from '../messages/struck.ts';
import { bold, cyan, dim, green, painted, Painted, red, yellow } from './paint.ts';
import type { Reporter } from './reporter.ts';
import { warningsOf } from './warnings.ts';

/** Of what a step logs, Cucumber's own. */
const LOG_MEDIA_TYPE = 'text/x.cucumber.log+plain';

const indented = (text: string, by: string): string =>
  text
    .split('\n')
    .map((l) => (l === '' ? l : by + l))
    .join('\n');

/** `[0:01:30]`, or `[0:01:30 → 0:02:10]` when time passed. */
export function printStepTime({ from, to }: NonNullable<StepRecord['time']>): string {
  const [a, b] = [printClock(from), printClock(to)];
  return a === b ? `[${a}]` : `[${a} → ${b}]`;
}

/** `$ kubectl get pods` and what it printed. */
export const printPrinted = ({ line, output }: PrintedRecord): string =>
  `$ ${line.startsWith('kubectl') ? line : `kubectl ${line}`}\n${output}`.trimEnd();

/** `NodePowerLoss: node-1` */
export const printStrike = ({ fault, targets, said }: StrikeRecord, language: Language): string =>
  `${fault.kind}: ${bounded(
    targets.map((target) => {
      const met = metText(target, language);
      const added = said?.[target];
      return added === undefined ? met : `${met} (${addedText(added, language)})`;
    }),
    (count) => say('andMore', { count }, language),
  )}`;

/**
 * What is worth telling of a problem: claims and bad input in their own words, a defect of the program with
 * its stack where that is asked for.
 */
function printProblem({ kind, message, stack }: Problem, language: Language): string {
  if (kind !== 'defect') return message;
  const debug = process.env['SEATRIAL_DEBUG'] ? (stack ?? message) : say('debugShows', {}, language);
  return `${say('defect', { message }, language)}\n${debug}`;
}

/** The language of what is said of a run as a whole: that of its features, where all have one. */
export const languageOfRun = ({ features }: RunRecord): Language =>
  features.length > 0 && features.every((f) => languageOf(f.language) === 'ja') ? 'ja' : 'en';

function markOf({ status, result }: StepRecord): Painted {
  if (status === 'undefined') return yellow('?');
  return result === 'passed' ? green('✓') : result === 'skipped' ? dim('-') : red('✗');
}

export class Terminal implements Reporter {
  private readonly log: (text: Painted) => void;
  private readonly verbose: boolean;
  private readonly quiet: boolean;
  private readonly results: string;
  private readonly report: string | undefined;
  private readonly failures: string[] = [];
  private warned = 0;
  private lastUri = '';
  /** Names of the feature and the scenario, until something is told of it. */
  private heading: Painted[] = [];
  /** The scenario whose failing seed was told of. */
  private toldOf: ScenarioRecord | undefined;

  /**
   * @param options `verbose`: what kubectl lines print is shown of steps that pass, too; `quiet`: only what
   * failed is told, and the sum; `results`: folder of the Allure results; `report`: the training report,
   * where one is written
   */
  constructor(
    log: (text: string) => void,
    {
      verbose,
      quiet = false,
      results,
      report,
    }: {
      readonly verbose: boolean;
      readonly quiet?: boolean;
      readonly results: string;
      readonly report?: string;
    },
  ) {
    this.log = ({ text }) => log(text);
    this.verbose = verbose;
    this.quiet = quiet;
    this.results = results;
    this.report = report;
  }

  scenarioBegan({ name, tags }: ScenarioRecord, { uri, keyword, name: title }: FeatureRecord): void {
    this.heading = [];
    if (uri !== this.lastUri) {
      if (!this.quiet) this.lastUri = uri;
      this.heading.push(
        painted`\n${bold(`${keyword}: ${title}`)}  ${dim(relative(process.cwd(), uri) || uri)}\n`,
      );
    }
    this.heading.push(
      painted`\n  ${bold(name)}${tags.length === 0 ? '' : painted`  ${cyan(tags.join(' '))}`}\n`,
    );
    if (!this.quiet) this.head();
  }

  /** Tells which scenario it is, once. */
  private head(): void {
    for (const text of this.heading) this.log(text);
    this.heading = [];
  }

  stepEnded(
    step: StepRecord,
    operation: OperationRecord | undefined,
    scenario: ScenarioRecord,
    feature: FeatureRecord,
  ): void {
    const { keyword, text, time, failedAsExpected, attachments, problem } = step;
    if (this.quiet && problem === undefined) return;
    this.head();
    const beside = time === undefined ? '' : painted` ${dim(printStepTime(time))}`;
    this.log(painted`    ${markOf(step)} ${keyword}${text}${beside}\n`);
    const language = languageOf(feature.language);
    if (failedAsExpected !== undefined)
      this.note(`${say('failedAsExpected', { seed: '' }, language)}\n\n${failedAsExpected}`);
    const strikes = operation?.strikes ?? [];
    const printed = operation?.printed ?? [];
    const shown = (text: string): void => this.note(shortened(text, language));
    if (this.verbose) for (const p of printed) shown(printPrinted(p));
    if (strikes.length > 0) shown(strikes.map((s) => printStrike(s, language)).join('\n'));
    this.notes(attachments);
    if (problem !== undefined) this.bad(problem, scenario, feature, text);
  }

  hookEnded(
    { attachments, problem }: { readonly attachments: readonly Attached[]; readonly problem?: Problem },
    scenario: ScenarioRecord,
    feature: FeatureRecord,
  ): void {
    if (this.quiet && problem === undefined) return;
    this.head();
    const failing = scenario.seeds.find((s) => s.failed);
    if (failing !== undefined && problem === undefined && this.toldOf !== scenario) {
      this.toldOf = scenario;
      const said = say('failedAsExpected', { seed: failing.seed }, languageOf(feature.language));
      this.note(`${said}\n\n${failing.message ?? ''}`);
    }
    this.notes(attachments);
    if (problem !== undefined) this.bad(problem, scenario, feature, undefined);
  }

  scenarioEnded(scenario: ScenarioRecord, { language }: FeatureRecord): void {
    for (const { weight, text } of warningsOf(scenario, languageOf(language))) {
      if (weight === 'warning') this.warned += 1;
      // Where warnings are failures, they have been told as such.
      if (this.quiet || (weight === 'warning' && scenario.problem !== undefined)) continue;
      this.log(painted`${(weight === 'warning' ? yellow : dim)(indented(text, '    '))}\n`);
    }
  }

  runEnded(run: RunRecord): void {
    // Cucumber has told of them, and has run nothing.
    if (run.unreadable.length > 0) return;
    const scenarios = run.features.flatMap((f) => f.scenarios);
    const failed = scenarios.filter((s) => isBad(s.result)).length;
    const steps = scenarios.reduce((n, s) => n + s.steps.length, 0);
    const language = languageOfRun(run);
    if (this.failures.length > 0)
      this.log(
        painted`\n${red(say('failures', {}, language))}\n${this.failures.map((f) => `  ${f}`).join('\n')}\n`,
      );
    if (!this.quiet) this.files(run, steps);
    const comma = language === 'ja' ? '、' : ', ';
    const passed = say('countPassed', { count: scenarios.length - failed }, language);
    const bad = say('countFailed', { count: failed }, language);
    const warned = say('countWarnings', { count: this.warned }, language);
    const warnings = this.warned > 0 ? painted`${comma}${yellow(warned)}` : '';
    this.log(painted`${passed}${comma}${failed > 0 ? red(bad) : bad}${warnings}\n`);
  }

  /** How much was played, and what was written of it. */
  private files(run: RunRecord, steps: number): void {
    const language = languageOfRun(run);
    const scenarios = run.features.reduce((n, f) => n + f.scenarios.length, 0);
    const seconds = (run.tookMs / 1000).toFixed(1);
    this.log(painted`\n${say('played', { scenarios, steps, seconds }, language)}\n`);
    this.log(painted`${say('allureResults', { folder: this.results }, language)}\n`);
    if (this.report !== undefined)
      this.log(painted`${say('trainingReport', { file: this.report }, language)}\n`);
    this.given(run);
  }

  /** What was taken as given, once a run. */
  private given(run: RunRecord): void {
    const given = run.features.flatMap((f) => f.scenarios.flatMap((s) => s.play?.given ?? []));
    for (const text of givenTexts(given, languageOfRun(run))) this.log(painted`${dim(text)}\n`);
  }

  private note(text: string): void {
    this.log(painted`${dim(indented(text.trimEnd(), '      '))}\n`);
  }

  private notes(attachments: readonly Attached[]): void {
    for (const { mediaType, body } of attachments)
      if (mediaType === 'text/plain' || mediaType === LOG_MEDIA_TYPE) this.note(body);
  }

  private bad(
    problem: Problem,
    { name, line }: ScenarioRecord,
    { uri, language }: FeatureRecord,
    step: string | undefined,
  ): void {
    const told = printProblem(problem, languageOf(language));
    this.log(painted`${red(indented(told.trimEnd(), '      '))}\n`);
    const place = `${relative(process.cwd(), uri) || uri}:${line}`;
    this.failures.push(`${place}  ${name}${step === undefined ? '' : `\n    ${step}`}`);
  }
}
