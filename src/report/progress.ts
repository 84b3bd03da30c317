/**
 * What a run prints: each scenario's steps with virtual time beside them, what failed and why, and a summary.
 */
import { relative } from 'node:path';
import { Formatter, type IFormatterOptions } from '@cucumber/cucumber';
import {
  TestStepResultStatus,
  type Envelope,
  type GherkinDocument,
  type Pickle,
  type TestCase,
  type TestStepResult,
} from '@cucumber/messages';
import pc from 'picocolors';
import { printStepTime, TIME_MEDIA_TYPE, type StepTime } from './virtualtime.ts';

/** Cucumber's own, of what a step logs: whom a fault met. */
const LOG_MEDIA_TYPE = 'text/x.cucumber.log+plain';

interface Running {
  readonly testCase: TestCase;
  readonly pickle: Pickle;
  readonly times: Map<string, StepTime>;
  readonly texts: Map<string, string[]>;
  failed: boolean;
}

const MARKS: Partial<Record<TestStepResultStatus, string>> = {
  [TestStepResultStatus.PASSED]: pc.green('✓'),
  [TestStepResultStatus.SKIPPED]: pc.dim('-'),
  [TestStepResultStatus.UNDEFINED]: pc.yellow('?'),
};

const indented = (text: string, by: string): string =>
  text
    .split('\n')
    .map((l) => (l === '' ? l : by + l))
    .join('\n');

/**
 * What of a step's result is worth telling: claims and bad input in their own words, a defect of the program
 * with its stack where that is asked for.
 */
export function resultText(result: TestStepResult): string {
  const { exception, message } = result;
  if (exception?.type === 'ClaimError' || exception?.type === 'InputError') return exception.message ?? '';
  if (exception === undefined) return message ?? '';
  const debug = process.env['SEATRIAL_DEBUG']
    ? (exception.stackTrace ?? message ?? '')
    : '(SEATRIAL_DEBUG=1 shows where)';
  return `this is a defect of Seatrial, please report it: ${exception.message ?? ''}\n${debug}`;
}

export default class Progress extends Formatter {
  private readonly documents = new Map<string, GherkinDocument>();
  private readonly keywords = new Map<string, string>();
  private readonly scenarioLines = new Map<string, number>();
  private readonly pickles = new Map<string, Pickle>();
  private readonly testCases = new Map<string, TestCase>();
  private readonly running = new Map<string, Running>();
  private readonly failures: string[] = [];
  private readonly startedAt = performance.now();
  private passed = 0;
  private failed = 0;
  private steps = 0;
  private lastUri = '';

  constructor(options: IFormatterOptions) {
    super(options);
    options.eventBroadcaster.on('envelope', (envelope: Envelope) => this.take(envelope));
  }

  private take(e: Envelope): void {
    if (e.gherkinDocument) this.onDocument(e.gherkinDocument);
    else if (e.pickle) this.pickles.set(e.pickle.id, e.pickle);
    else if (e.testCase) this.testCases.set(e.testCase.id, e.testCase);
    else if (e.testCaseStarted) this.onStart(e.testCaseStarted.id, e.testCaseStarted.testCaseId);
    else if (e.attachment) this.onAttachment(e.attachment);
    else if (e.testStepFinished)
      this.onStep(
        e.testStepFinished.testCaseStartedId,
        e.testStepFinished.testStepId,
        e.testStepFinished.testStepResult,
      );
    else if (e.testCaseFinished && !e.testCaseFinished.willBeRetried)
      this.onEnd(e.testCaseFinished.testCaseStartedId);
    else if (e.testRunFinished) this.summary();
  }

  private onDocument(document: GherkinDocument): void {
    if (document.uri === undefined || !document.feature) return;
    this.documents.set(document.uri, document);
    const children = document.feature.children.flatMap((c) => (c.rule ? c.rule.children : [c]));
    for (const { background, scenario } of children) {
      for (const step of [...(background?.steps ?? []), ...(scenario?.steps ?? [])])
        this.keywords.set(step.id, step.keyword);
      if (scenario) this.scenarioLines.set(scenario.id, scenario.location.line);
    }
  }

  private onStart(id: string, testCaseId: string): void {
    const testCase = this.testCases.get(testCaseId)!;
    const pickle = this.pickles.get(testCase.pickleId)!;
    this.running.set(id, { testCase, pickle, times: new Map(), texts: new Map(), failed: false });
    const feature = this.documents.get(pickle.uri)?.feature;
    if (pickle.uri !== this.lastUri) {
      this.lastUri = pickle.uri;
      this.log(
        `\n${pc.bold(`${feature?.keyword ?? 'Feature'}: ${feature?.name ?? ''}`)}  ${pc.dim(pickle.uri)}\n`,
      );
    }
    const tags = pickle.tags.map((t) => t.name).join(' ');
    this.log(`\n  ${pc.bold(pickle.name)}${tags === '' ? '' : `  ${pc.cyan(tags)}`}\n`);
  }

  private onAttachment(a: NonNullable<Envelope['attachment']>): void {
    const run = this.running.get(a.testCaseStartedId ?? '');
    if (run === undefined || a.testStepId === undefined) return;
    if (a.mediaType === TIME_MEDIA_TYPE) run.times.set(a.testStepId, JSON.parse(a.body) as StepTime);
    else if (a.mediaType === 'text/plain' || a.mediaType === LOG_MEDIA_TYPE)
      run.texts.set(a.testStepId, [...(run.texts.get(a.testStepId) ?? []), a.body]);
  }

  private onStep(id: string, stepId: string, result: TestStepResult): void {
    const run = this.running.get(id)!;
    const pickleStepId = run.testCase.testSteps.find((s) => s.id === stepId)?.pickleStepId;
    const step = run.pickle.steps.find((s) => s.id === pickleStepId);
    const good = result.status === TestStepResultStatus.PASSED;
    const bad = !good && result.status !== TestStepResultStatus.SKIPPED;
    const text = bad ? resultText(result) : '';
    if (step !== undefined) {
      this.steps += 1;
      const keyword = step.astNodeIds.map((n) => this.keywords.get(n)).find((k) => k !== undefined) ?? '';
      const time = run.times.get(stepId);
      const line = `${MARKS[result.status] ?? pc.red('✗')} ${keyword}${step.text}`;
      this.log(`    ${line}${time === undefined ? '' : ` ${pc.dim(printStepTime(time))}`}\n`);
    }
    for (const note of run.texts.get(stepId) ?? [])
      this.log(`${pc.dim(indented(note.trimEnd(), '      '))}\n`);
    if (!bad) return;
    run.failed = true;
    const what =
      result.status === TestStepResultStatus.UNDEFINED
        ? `no phrase of the language fits "${step?.text ?? ''}"`
        : result.status === TestStepResultStatus.AMBIGUOUS
          ? text.trim()
          : text;
    this.log(`${pc.red(indented(what.trimEnd(), '      '))}\n`);
    const line = run.pickle.astNodeIds.map((n) => this.scenarioLines.get(n)).find((l) => l !== undefined);
    const place = `${relative(process.cwd(), run.pickle.uri) || run.pickle.uri}${line === undefined ? '' : `:${line}`}`;
    this.failures.push(`${place}  ${run.pickle.name}${step === undefined ? '' : `\n    ${step.text}`}`);
  }

  private onEnd(id: string): void {
    const run = this.running.get(id)!;
    if (run.failed) this.failed += 1;
    else this.passed += 1;
    this.running.delete(id);
  }

  private summary(): void {
    const seconds = ((performance.now() - this.startedAt) / 1000).toFixed(1);
    if (this.failures.length > 0)
      this.log(`\n${pc.red('Failed:')}\n${this.failures.map((f) => `  ${f}`).join('\n')}\n`);
    const total = this.passed + this.failed;
    this.log(`\n${total} ${total === 1 ? 'scenario' : 'scenarios'}, ${this.steps} steps in ${seconds} s\n`);
    this.log('Allure results: reports/allure-results (npm run report makes the site)\n');
    const failed = `${this.failed} failed`;
    this.log(`${this.passed} passed, ${this.failed > 0 ? pc.red(failed) : failed}\n`);
  }
}
