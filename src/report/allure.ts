/**
 * Allure results of a run: a result a scenario, its steps with what they were given and what kubectl printed
 * attached as text, and the causes of a claim's being broken; of a run that was recorded with everything its
 * lanes as a picture. What no phrase fits is broken, never passed; so is a feature that does not parse.
 */
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, rmSync } from 'node:fs';
import { basename, dirname, extname, join } from 'node:path';
import {
  ContentType,
  LabelName,
  Severity,
  Stage,
  Status,
  type Attachment,
  type Label,
  type StatusDetails,
  type StepResult,
  type TestResult,
} from 'allure-js-commons';
import type { Category } from 'allure-js-commons/sdk';
import {
  createStepResult,
  createTestResult,
  FileSystemWriter,
  getHostLabel,
  randomUuid,
} from 'allure-js-commons/sdk/reporter';
import type {
  Attached,
  FeatureRecord,
  OperationRecord,
  PlayRecord,
  Problem,
  Result,
  RunRecord,
  ScenarioRecord,
  StepRecord,
} from './record.ts';
import { printClock } from '../chaos/duration.ts';
import { LANGUAGES, languageOf, type Language } from '../messages/index.ts';
import { visible, visibleIn } from '../messages/visible.ts';
import { Teller } from '../view/words/tellings.ts';
import { allureWords, foundBroken } from './allurewords.ts';
import type { DrawLanes } from './lanesvg.tsx';
import { languageOfRun, printPrinted, printStepTime, printStrike } from './terminal.ts';
import { givenTexts } from './given.ts';
import { warningsOf } from './warnings.ts';
import type { Reporter } from './reporter.ts';
import { viewOfPlay } from './viewed.ts';
import { makeFolder, writing } from './writing.ts';

const STATUS: Readonly<Record<Result, Status>> = {
  passed: Status.PASSED,
  skipped: Status.SKIPPED,
  failed: Status.FAILED,
  invalid: Status.BROKEN,
  defect: Status.BROKEN,
};

/** At the end of a trace that is a stack: only defects of ours have one. */
const STACK = '\\n\\s+at [\\s\\S]*';

/**
 * Groups of Allure's page *Categories*. It puts a result into each whose status, message and trace fit, as a
 * whole: so each says what it leaves to the others.
 */
export function categoriesOf(language: Language): Category[] {
  const words = allureWords(language);
  const invariant = `[\\s\\S]*(?:${LANGUAGES.map(foundBroken).join('|')})[\\s\\S]*`;
  const defect = `[\\s\\S]*${STACK}`;
  const { FAILED, BROKEN } = Status;
  return [
    { name: words.invariantBroken, matchedStatuses: [FAILED], messageRegex: invariant },
    { name: words.claimFailed, matchedStatuses: [FAILED], messageRegex: `(?!${invariant})[\\s\\S]*` },
    { name: words.defect, matchedStatuses: [BROKEN], traceRegex: defect },
    { name: words.badInput, matchedStatuses: [BROKEN], traceRegex: `(?!${defect})[\\s\\S]*` },
  ];
}

const md5 = (text: string): string => createHash('md5').update(text).digest('hex');

const detailsOf = (problem: Problem | undefined): StatusDetails =>
  problem === undefined ? {} : { message: problem.message, trace: problem.stack ?? problem.message };

/** `@severity:critical` → critical; anything else Allure does not know is left out. */
function severityOf(tags: readonly string[]): Label[] {
  const found = tags.map((t) => /^@(?:severity[:=])(\w+)$/.exec(t)?.[1]).find((s) => s !== undefined);
  return Object.values(Severity).some((s) => s === found)
    ? [{ name: LabelName.SEVERITY, value: found! }]
    : [];
}

/** A cell of comma-separated values (RFC 4180). */
const cell = (text: string): string => (/[",\r\n]/.test(text) ? `"${text.replace(/"/g, '""')}"` : text);

/** How many nodes the cluster of a play began with. */
function nodesOf(play: PlayRecord | undefined, language: Language): string | undefined {
  for (const { operation } of play?.operations ?? []) {
    if (operation.op === 'cluster') return String(operation.nodes);
    if (operation.op === 'clusterOf') return String(operation.nodes.length);
    if (operation.op === 'anyCluster') return allureWords(language).range(operation.min, operation.max);
  }
  return undefined;
}

/** The last folder of a feature's path, which groups features by topic. */
const epicOf = (uri: string): string => basename(dirname(uri)) || basename(uri, extname(uri));

const RESULT = /-(?:result|container|attachment)(?:\.[\w.]+)?$|^(?:categories|environment|executor)\.\w+$/;

/** Results of earlier runs would stand beside those of this one. */
function clear(folder: string): void {
  if (!existsSync(folder)) return;
  for (const name of readdirSync(folder)) if (RESULT.test(name)) rmSync(join(folder, name), { force: true });
}

export class AllureResults implements Reporter {
  private readonly folder: string;
  private readonly draw: DrawLanes;
  private readonly writer: FileSystemWriter;

  /**
   * @param folder where results are written; those of earlier runs in it are removed when a run begins
   * @param draw of the lanes of what was recorded with everything
   */
  constructor(folder: string, draw: DrawLanes = () => undefined) {
    this.folder = folder;
    this.draw = draw;
    this.writer = new FileSystemWriter({ resultsDir: folder });
  }

  /** @throws UnwritableError */
  runBegan(): void {
    makeFolder(this.folder);
    writing(this.folder, () => clear(this.folder));
  }

  /** @throws UnwritableError */
  runEnded(run: RunRecord): void {
    writing(this.folder, () => {
      for (const feature of run.features)
        for (const scenario of feature.scenarios)
          this.writer.writeResult(visibleIn(this.resultOf(scenario, feature)));
      for (const { uri, problem } of run.unreadable)
        this.writer.writeResult(visibleIn(unreadable(uri, problem, run)));
      this.writer.writeEnvironmentInfo({ seatrial: run.seatrial, node: process.version });
      this.writer.writeCategoriesDefinitions(categoriesOf(languageOfRun(run)));
    });
  }

  private resultOf(scenario: ScenarioRecord, feature: FeatureRecord): TestResult {
    const { play, rule, tags, steps, problem } = scenario;
    const language = languageOf(feature.language);
    const words = allureWords(language);
    const result = base(
      feature.uri,
      `${feature.uri}#${rule === undefined ? '' : `${rule}: `}${scenario.name}`,
    );
    const nodes = nodesOf(play, language);
    const firstBad = steps.find((s) => s.problem !== undefined)?.problem ?? problem;
    // Rows of an outline are one test each; the seed is no part of which test it is.
    const row = scenario.id === `${feature.uri}:${scenario.line}` ? '' : scenario.id;
    return {
      ...result,
      name: scenario.name,
      historyId: `${result.testCaseId}.${md5(row)}`,
      status: STATUS[scenario.result],
      statusDetails: detailsOf(firstBad),
      stage: Stage.FINISHED,
      description: [feature.description, scenario.description].filter((d) => d !== '').join('\n\n'),
      titlePath: [
        ...dirname(feature.uri)
          .split('/')
          .filter((p) => p !== '.' && p !== ''),
        feature.name,
      ],
      labels: [
        ...result.labels,
        { name: LabelName.FEATURE, value: feature.name },
        { name: LabelName.STORY, value: rule ?? scenario.name },
        { name: LabelName.PARENT_SUITE, value: epicOf(feature.uri) },
        { name: LabelName.SUITE, value: feature.name },
        ...(rule === undefined ? [] : [{ name: LabelName.SUB_SUITE, value: rule }]),
        ...severityOf(tags),
        ...tags.map((t) => ({ name: LabelName.TAG, value: t.slice(1) })),
      ],
      parameters: [
        ...(play === undefined ? [] : [{ name: words.seed, value: play.seed, excluded: true }]),
        ...(nodes === undefined ? [] : [{ name: words.nodes, value: nodes, excluded: true }]),
      ],
      steps: [
        ...steps.map((s) => this.stepOf(s, play, language)),
        ...(problem === undefined ? [] : [whole(problem, scenario, language)]),
      ],
      attachments: [
        ...this.lanes(words.lanes, play, language),
        ...this.text(words.times, timesOf(steps)),
        ...this.text(
          words.warnings,
          warningsOf(scenario, language)
            .map((w) => `${w.text}\n`)
            .join(''),
        ),
        ...this.text(
          words.given,
          givenTexts(play?.given ?? [], language)
            .map((text) => `${text}\n`)
            .join(''),
        ),
        ...scenario.seeds
          .filter((s) => s.failed)
          .flatMap(({ seed, message = '', play: other }) => [
            ...this.text(words.withSeed(seed), message),
            ...this.lanes(words.of(words.withSeed(seed), words.lanes), other, language),
            ...this.text(words.of(words.withSeed(seed), words.causes), causesOf(other, language)),
          ]),
        ...scenario.attachments.flatMap((a) => this.attached(a)),
      ],
      start: scenario.startedAtMs,
      stop: scenario.startedAtMs + scenario.tookMs,
    };
  }

  private stepOf(step: StepRecord, play: PlayRecord | undefined, language: Language): StepResult {
    const { docString, table, time, failedAsExpected } = step;
    const words = allureWords(language);
    const operation = step.operation === undefined ? undefined : play?.operations[step.operation];
    const counterexample = operation?.verdict?.property?.counterexample;
    const met = operation?.strikes.map((s) => printStrike(s, language)).join('\n') ?? '';
    return {
      ...createStepResult(),
      name: `${step.keyword}${step.text}`,
      status: STATUS[step.result],
      statusDetails: detailsOf(step.problem),
      stage: Stage.FINISHED,
      parameters:
        time === undefined ? [] : [{ name: words.virtualTime, value: printStepTime(time), excluded: true }],
      attachments: [
        ...this.text(words.docString, docString?.content ?? ''),
        ...this.write(
          `${words.table}.csv`,
          'csv',
          ContentType.CSV,
          (table ?? []).map((r) => r.map(cell).join(',')).join('\n'),
        ),
        ...(operation?.printed ?? []).flatMap((p) => this.text('kubectl', `${printPrinted(p)}\n`)),
        ...this.text(words.met, met),
        ...this.text(words.expected, failedAsExpected ?? ''),
        ...this.text(words.causes, causesOf(play, language, operation)),
        ...this.write(
          `${words.counterexample}.feature`,
          'txt',
          ContentType.TEXT,
          counterexample?.feature ?? '',
        ),
        ...this.lanes(words.of(words.counterexample, words.lanes), counterexample?.play, language),
        ...this.text(words.of(words.counterexample, words.causes), causesOf(counterexample?.play, language)),
        ...step.attachments.flatMap((a) => this.attached(a)),
      ],
      start: step.startedAtMs,
      stop: step.startedAtMs + step.tookMs,
    };
  }

  private text(name: string, body: string): Attachment[] {
    return this.write(`${name}.txt`, 'txt', ContentType.TEXT, body);
  }

  private lanes(name: string, play: PlayRecord | undefined, language: Language): Attachment[] {
    const drawn = play === undefined ? undefined : this.draw(play, language);
    return this.write(`${name}.svg`, 'svg', ContentType.SVG, drawn ?? '');
  }

  private attached({ mediaType, name, body, base64 }: Attached): Attachment[] {
    // Allure plays scripts of what is HTML or SVG: of others' such things the text is shown.
    const shown = /html|svg|xml/.test(mediaType) ? ContentType.TEXT : mediaType;
    return this.write(
      name ?? mediaType,
      shown.startsWith('text/') ? 'txt' : 'bin',
      shown,
      base64 ? Buffer.from(body, 'base64') : body,
    );
  }

  /** Nothing is not attached. */
  private write(name: string, extension: string, type: string, body: string | Buffer): Attachment[] {
    if (body.length === 0) return [];
    const source = `${randomUuid()}-attachment.${extension}`;
    const content = typeof body === 'string' ? Buffer.from(visible(body)) : body;
    this.writer.writeAttachment(source, content);
    return [{ name, source, type, size: content.length }];
  }
}

/** What every result has: which test it is. */
function base(uri: string, fullName: string): TestResult & { testCaseId: string } {
  return {
    ...createTestResult(randomUuid()),
    fullName,
    testCaseId: md5(fullName),
    stage: Stage.FINISHED,
    labels: [
      { name: LabelName.LANGUAGE, value: 'gherkin' },
      { name: LabelName.FRAMEWORK, value: 'seatrial' },
      getHostLabel(),
      { name: LabelName.PACKAGE, value: uri.replace(/\//g, '.') },
      { name: LabelName.EPIC, value: epicOf(uri) },
    ],
  };
}

function unreadable(uri: string, problem: Problem, { startedAtMs, tookMs }: RunRecord): TestResult {
  const result = base(uri, uri);
  return {
    ...result,
    name: uri,
    historyId: result.testCaseId,
    status: Status.BROKEN,
    statusDetails: detailsOf(problem),
    start: startedAtMs,
    stop: startedAtMs + tookMs,
  };
}

/**
 * What led to a claim's being broken, from there back to the step, a line each.
 * @param operation that asked the claim; otherwise any that was broken
 */
function causesOf(play: PlayRecord | undefined, language: Language, operation?: OperationRecord): string {
  const broke = (o: OperationRecord | undefined): boolean => (o?.verdict?.causes.length ?? 0) > 0;
  const asked = operation ?? play?.operations.find(broke);
  if (play === undefined || !broke(asked)) return '';
  const { run, steps } = viewOfPlay(play);
  const teller = new Teller(run.entries, steps);
  return asked!
    .verdict!.causes.flatMap((id) => run.entries.find((e) => e.id === id) ?? [])
    .map((entry) => `${printClock(entry.at).padStart(9)}  ${teller.tell(entry, language)}\n`)
    .join('');
}

const timesOf = (steps: readonly StepRecord[]): string =>
  steps.flatMap((s) => (s.time === undefined ? [] : [`${printStepTime(s.time)} ${s.text}\n`])).join('');

/** What is wrong with a scenario as a whole stands as a step of its own: Allure shows problems at steps. */
const whole = (
  problem: Problem,
  { startedAtMs, tookMs }: ScenarioRecord,
  language: Language,
): StepResult => ({
  ...createStepResult(),
  name: allureWords(language).whole,
  status: problem.kind === 'claim' ? Status.FAILED : Status.BROKEN,
  statusDetails: detailsOf(problem),
  stage: Stage.FINISHED,
  start: startedAtMs + tookMs,
  stop: startedAtMs + tookMs,
});
