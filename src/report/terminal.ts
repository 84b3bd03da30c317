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
import { languageOf, shortened } from '../messages/index.ts';
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
export const printStrike = ({ fault, targets, said }: StrikeRecord): string =>
  `${fault.kind}: ${bounded(
    targets.map((t) => (said?.[t] === undefined ? t : `${t} (${said[t]})`)),
    (count) => `and ${count} more`,
  )}`;

/**
 * What is worth telling of a problem: claims and bad input in their own words, a defect of the program with
 * its stack where that is asked for.
 */
function printProblem({ kind, message, stack }: Problem): string {
  if (kind !== 'defect') return message;
  const debug = process.env['SEATRIAL_DEBUG'] ? (stack ?? message) : '(SEATRIAL_DEBUG=1 shows where)';
  return `this is a defect of Seatrial, please report it: ${message}\n${debug}`;
}

function markOf({ status, result }: StepRecord): Painted {
  if (status === 'undefined') return yellow('?');
  return result === 'passed' ? green('✓') : result === 'skipped' ? dim('-') : red('✗');
}

export class Terminal implements Reporter {
  private readonly log: (text: Painted) => void;
  private readonly verbose: boolean;
  private readonly results: string;
  private readonly report: string | undefined;
  private readonly failures: string[] = [];
  private warned = 0;
  private lastUri = '';
  /** The scenario whose failing seed was told of. */
  private toldOf: ScenarioRecord | undefined;

  /**
   * @param options `verbose`: what kubectl lines print is shown of steps that pass, too; `results`: folder of
   * the Allure results; `report`: the training report, where one is written
   */
  constructor(
    log: (text: string) => void,
    {
      verbose,
      results,
      report,
    }: { readonly verbose: boolean; readonly results: string; readonly report?: string },
  ) {
    this.log = ({ text }) => log(text);
    this.verbose = verbose;
    this.results = results;
    this.report = report;
  }

  scenarioBegan({ name, tags }: ScenarioRecord, { uri, keyword, name: title }: FeatureRecord): void {
    if (uri !== this.lastUri) {
      this.lastUri = uri;
      this.log(painted`\n${bold(`${keyword}: ${title}`)}  ${dim(relative(process.cwd(), uri) || uri)}\n`);
    }
    this.log(painted`\n  ${bold(name)}${tags.length === 0 ? '' : painted`  ${cyan(tags.join(' '))}`}\n`);
  }

  stepEnded(
    step: StepRecord,
    operation: OperationRecord | undefined,
    scenario: ScenarioRecord,
    feature: FeatureRecord,
  ): void {
    const { keyword, text, time, failedAsExpected, attachments, problem } = step;
    const beside = time === undefined ? '' : painted` ${dim(printStepTime(time))}`;
    this.log(painted`    ${markOf(step)} ${keyword}${text}${beside}\n`);
    if (failedAsExpected !== undefined) this.note(`As expected, it failed:\n\n${failedAsExpected}`);
    const strikes = operation?.strikes ?? [];
    const printed = operation?.printed ?? [];
    const shown = (text: string): void => this.note(shortened(text, languageOf(feature.language)));
    if (this.verbose) for (const p of printed) shown(printPrinted(p));
    if (strikes.length > 0) shown(strikes.map(printStrike).join('\n'));
    this.notes(attachments);
    if (problem !== undefined) this.bad(problem, scenario, feature, text);
  }

  hookEnded(
    { attachments, problem }: { readonly attachments: readonly Attached[]; readonly problem?: Problem },
    scenario: ScenarioRecord,
    feature: FeatureRecord,
  ): void {
    const failing = scenario.seeds.find((s) => s.failed);
    if (failing !== undefined && problem === undefined && this.toldOf !== scenario) {
      this.toldOf = scenario;
      this.note(`As expected, it failed with seed ${failing.seed}:\n\n${failing.message ?? ''}`);
    }
    this.notes(attachments);
    if (problem !== undefined) this.bad(problem, scenario, feature, undefined);
  }

  scenarioEnded(scenario: ScenarioRecord, { language }: FeatureRecord): void {
    for (const { weight, text } of warningsOf(scenario, languageOf(language))) {
      if (weight === 'warning') this.warned += 1;
      // Where warnings are failures, they have been told as such.
      if (weight === 'warning' && scenario.problem !== undefined) continue;
      this.log(painted`${(weight === 'warning' ? yellow : dim)(indented(text, '    '))}\n`);
    }
  }

  runEnded(run: RunRecord): void {
    // Cucumber has told of them, and has run nothing.
    if (run.unreadable.length > 0) return;
    const scenarios = run.features.flatMap((f) => f.scenarios);
    const failed = scenarios.filter((s) => isBad(s.result)).length;
    const steps = scenarios.reduce((n, s) => n + s.steps.length, 0);
    if (this.failures.length > 0)
      this.log(painted`\n${red('Failed:')}\n${this.failures.map((f) => `  ${f}`).join('\n')}\n`);
    const seconds = (run.tookMs / 1000).toFixed(1);
    const total = scenarios.length;
    this.log(painted`\n${total} ${total === 1 ? 'scenario' : 'scenarios'}, ${steps} steps in ${seconds} s\n`);
    this.log(painted`Allure results: ${this.results} (npm run allure makes the site)\n`);
    if (this.report !== undefined)
      this.log(painted`Training report: ${this.report} (open it in a browser)\n`);
    this.given(run);
    const bad = `${failed} failed`;
    const warned = `${this.warned} ${this.warned === 1 ? 'warning' : 'warnings'}`;
    const warnings = this.warned > 0 ? painted`, ${yellow(warned)}` : '';
    this.log(painted`${total - failed} passed, ${failed > 0 ? red(bad) : bad}${warnings}\n`);
  }

  /** What was taken as given, once a run. */
  private given({ features }: RunRecord): void {
    const given = features.flatMap((f) => f.scenarios.flatMap((s) => s.play?.given ?? []));
    for (const text of givenTexts(given, languageOf(features[0]?.language ?? 'en')))
      this.log(painted`${dim(text)}\n`);
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
    { uri }: FeatureRecord,
    step: string | undefined,
  ): void {
    this.log(painted`${red(indented(printProblem(problem).trimEnd(), '      '))}\n`);
    const place = `${relative(process.cwd(), uri) || uri}:${line}`;
    this.failures.push(`${place}  ${name}${step === undefined ? '' : `\n    ${step}`}`);
  }
}
