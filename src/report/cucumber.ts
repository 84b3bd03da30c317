/** The record of a run that Cucumber plays, from its messages and what the steps hand over in them. */
import {
  AttachmentContentEncoding,
  StepDefinitionPatternType,
  TestStepResultStatus,
  TimeConversion,
  type Attachment,
  type Envelope,
  type FeatureChild,
  type GherkinDocument,
  type Pickle,
  type PickleStep,
  type TestCase,
  type TestStepFinished,
  type TestStepResult,
} from '@cucumber/messages';
import { UnwritableError } from '../dsl/errors.ts';
import { KEYWORDS } from '../dsl/feature.ts';
import { LANGUAGE } from '../dsl/phrases/index.ts';
import { unknownStep } from '../dsl/phrases/nearest.ts';
import { languageOf, type Language } from '../messages/index.ts';
import { PIECE_MEDIA_TYPE, type Piece, type StepPiece } from './pieces.ts';
import {
  RECORD_VERSION,
  worstOf,
  type Attached,
  type FeatureRecord,
  type OperationRecord,
  type Problem,
  type Result,
  type RunRecord,
  type ScenarioRecord,
  type StepRecord,
} from './record.ts';
import type { Reporter } from './reporter.ts';

type Growing<T> = { -readonly [K in keyof T]: T[K] extends readonly (infer E)[] ? E[] : T[K] };
type GrowingFeature = Growing<FeatureRecord>;
type GrowingScenario = Growing<ScenarioRecord>;

/** What of a document its scenarios and steps are looked up by: the ids of their nodes. */
interface Source {
  readonly feature: GrowingFeature;
  readonly keywords: ReadonlyMap<string, string>;
  readonly lines: ReadonlyMap<string, number>;
  readonly rules: ReadonlyMap<string, string>;
  readonly descriptions: ReadonlyMap<string, string>;
}

interface Running {
  readonly testCase: TestCase;
  readonly pickle: Pickle;
  readonly source: Source;
  readonly scenario: GrowingScenario;
  readonly operations: OperationRecord[];
  /** Of the step or hook that is being played. */
  attached: Attached[];
  piece: StepPiece | undefined;
}

type InRule = Pick<FeatureChild, 'background' | 'scenario'> & { readonly rule?: string };

/** Prose is indented as it stands in the file. */
const prose = (text: string): string =>
  text
    .split('\n')
    .map((line) => line.trim())
    .join('\n')
    .trim();

function sourceOf(document: GherkinDocument): Source | undefined {
  const { feature, uri = '' } = document;
  if (feature === undefined) return undefined;
  const keywords = new Map<string, string>();
  const lines = new Map<string, number>();
  const rules = new Map<string, string>();
  const descriptions = new Map<string, string>();
  const children = feature.children.flatMap(({ rule, ...child }): InRule[] =>
    rule === undefined ? [child] : rule.children.map((inner) => ({ ...inner, rule: rule.name })),
  );
  for (const { background, scenario, rule } of children) {
    for (const step of [...(background?.steps ?? []), ...(scenario?.steps ?? [])]) {
      keywords.set(step.id, step.keyword);
      lines.set(step.id, step.location.line);
    }
    if (scenario === undefined) continue;
    lines.set(scenario.id, scenario.location.line);
    descriptions.set(scenario.id, prose(scenario.description));
    if (rule !== undefined) rules.set(scenario.id, rule);
    for (const row of scenario.examples.flatMap((e) => e.tableBody)) lines.set(row.id, row.location.line);
  }
  return {
    feature: {
      uri,
      language: feature.language,
      keyword: feature.keyword,
      name: feature.name,
      description: prose(feature.description),
      line: feature.location.line,
      scenarios: [],
    },
    keywords,
    lines,
    rules,
    descriptions,
  };
}

/** A step's status that is not its result's name. */
const STATUS: Partial<Record<TestStepResultStatus, StepRecord['status']>> = {
  [TestStepResultStatus.UNDEFINED]: 'undefined',
  [TestStepResultStatus.AMBIGUOUS]: 'ambiguous',
  [TestStepResultStatus.PENDING]: 'pending',
  [TestStepResultStatus.SKIPPED]: 'skipped',
};

/** Claims, and assertions of steps of a user's own. */
const CLAIMS = ['ClaimError', 'AssertionError'];

function problemOf(
  { status, message, exception }: TestStepResult,
  step: PickleStep | undefined,
  language: Language,
  phrases: readonly { readonly expression: string }[],
): Problem | undefined {
  switch (status) {
    case TestStepResultStatus.PASSED:
    case TestStepResultStatus.SKIPPED:
      return undefined;
    case TestStepResultStatus.UNDEFINED:
      return {
        kind: 'input',
        message: unknownStep(step?.text ?? '', { phrases }, language, KEYWORDS[step?.type ?? '']),
      };
    case TestStepResultStatus.AMBIGUOUS:
      return { kind: 'input', message: message?.trim() ?? 'more than one phrase fits' };
    default: {
      const told = exception?.message ?? message ?? '';
      if (exception === undefined) return { kind: 'input', message: told };
      if (CLAIMS.includes(exception.type)) return { kind: 'claim', message: told };
      if (exception.type === 'InputError') return { kind: 'input', message: told };
      return { kind: 'defect', message: told, stack: exception.stackTrace ?? message ?? told };
    }
  }
}

const RESULT_OF = { claim: 'failed', input: 'invalid', defect: 'defect' } as const;
const resultOf = (problem: Problem | undefined, skipped = false): Result =>
  problem === undefined ? (skipped ? 'skipped' : 'passed') : RESULT_OF[problem.kind];

const attachedOf = ({ mediaType, fileName, body, contentEncoding }: Attachment): Attached => ({
  mediaType,
  ...(fileName === undefined ? {} : { name: fileName }),
  body,
  ...(contentEncoding === AttachmentContentEncoding.BASE64 ? { base64: true } : {}),
});

/** Feed it every message of a run. */
export class CucumberRecorder {
  private readonly reporters: readonly Reporter[];
  private readonly program: string;
  private readonly sources = new Map<string, Source>();
  private readonly pickles = new Map<string, Pickle>();
  private readonly testCases = new Map<string, TestCase>();
  private readonly running = new Map<string, Running>();
  private readonly features: GrowingFeature[] = [];
  /** What steps can say: the language, and what a kit or the user's own steps add. */
  private readonly phrases: { readonly expression: string }[] = [...LANGUAGE.phrases];
  private readonly unreadable: { uri: string; problem: Problem }[] = [];
  private startedAtMs = Date.now();

  /** @param version of Seatrial */
  constructor(version: string, reporters: readonly Reporter[]) {
    this.program = version;
    this.reporters = reporters;
  }

  take(e: Envelope): void {
    if (e.testRunStarted) {
      this.startedAtMs = TimeConversion.timestampToMillisecondsSinceEpoch(e.testRunStarted.timestamp);
      this.tell((reporter) => reporter.runBegan?.());
    } else if (e.gherkinDocument) this.onDocument(e.gherkinDocument);
    else if (e.parseError)
      this.unreadable.push({
        uri: e.parseError.source.uri ?? '',
        problem: { kind: 'input', message: e.parseError.message },
      });
    else if (e.stepDefinition?.pattern.type === StepDefinitionPatternType.CUCUMBER_EXPRESSION)
      this.phrases.push({ expression: e.stepDefinition.pattern.source });
    else if (e.pickle) this.pickles.set(e.pickle.id, e.pickle);
    else if (e.testCase) this.testCases.set(e.testCase.id, e.testCase);
    else if (e.testCaseStarted)
      this.onStart(
        e.testCaseStarted.id,
        e.testCaseStarted.testCaseId,
        TimeConversion.timestampToMillisecondsSinceEpoch(e.testCaseStarted.timestamp),
      );
    else if (e.attachment) this.onAttachment(e.attachment);
    else if (e.testStepFinished) this.onStep(e.testStepFinished);
    else if (e.testCaseFinished)
      this.onEnd(
        e.testCaseFinished.testCaseStartedId,
        TimeConversion.timestampToMillisecondsSinceEpoch(e.testCaseFinished.timestamp),
        e.testCaseFinished.willBeRetried,
      );
  }

  /** What could not be written, each once: the others tell of the run all the same. */
  readonly unwritable: UnwritableError[] = [];

  private tell(of: (reporter: Reporter) => void): void {
    for (const reporter of this.reporters) {
      try {
        of(reporter);
      } catch (error) {
        if (!(error instanceof UnwritableError)) throw error;
        if (!this.unwritable.some((u) => u.message === error.message)) this.unwritable.push(error);
      }
    }
  }

  /** Whether of something that was played all is recorded, also what was so. */
  get holdsEverything(): boolean {
    return this.features.some((f) => f.scenarios.some((s) => (s.play?.truths.length ?? 0) > 0));
  }

  /** The record, once all messages are in; reporters are told. */
  end(): RunRecord {
    const scenarios = this.features.flatMap((f) => f.scenarios);
    const run: RunRecord = {
      version: RECORD_VERSION,
      seatrial: this.program,
      startedAtMs: this.startedAtMs,
      tookMs: Date.now() - this.startedAtMs,
      features: this.features,
      unreadable: this.unreadable,
      result: worstOf([
        ...scenarios.map((s) => s.result),
        ...this.unreadable.map(({ problem }) => resultOf(problem)),
      ]),
    };
    this.tell((reporter) => reporter.runEnded?.(run));
    return run;
  }

  private onDocument(document: GherkinDocument): void {
    const source = sourceOf(document);
    if (source !== undefined) this.sources.set(source.feature.uri, source);
  }

  private onStart(id: string, testCaseId: string, startedAtMs: number): void {
    const testCase = this.testCases.get(testCaseId)!;
    const pickle = this.pickles.get(testCase.pickleId)!;
    const source = this.sources.get(pickle.uri)!;
    const lines = pickle.astNodeIds.flatMap((n) => source.lines.get(n) ?? []);
    const [node = ''] = pickle.astNodeIds;
    const rule = source.rules.get(node);
    const scenario: GrowingScenario = {
      id: `${pickle.uri}:${lines[lines.length - 1] ?? 1}`,
      name: pickle.name,
      description: source.descriptions.get(node) ?? '',
      line: lines[0] ?? 1,
      ...(rule === undefined ? {} : { rule }),
      tags: pickle.tags.map((t) => t.name),
      startedAtMs,
      tookMs: 0,
      steps: [],
      seeds: [],
      attachments: [],
      result: 'passed',
    };
    if (!this.features.includes(source.feature)) this.features.push(source.feature);
    source.feature.scenarios.push(scenario);
    this.running.set(id, {
      testCase,
      pickle,
      source,
      scenario,
      operations: [],
      attached: [],
      piece: undefined,
    });
    for (const reporter of this.reporters) reporter.scenarioBegan?.(scenario, source.feature);
  }

  private onAttachment(attachment: Attachment): void {
    const run = this.running.get(attachment.testCaseStartedId ?? '');
    if (run === undefined) return;
    if (attachment.mediaType !== PIECE_MEDIA_TYPE) {
      run.attached.push(attachedOf(attachment));
      return;
    }
    const piece = JSON.parse(attachment.body) as Piece;
    if (piece.of === 'step') run.piece = piece;
    else {
      run.scenario.play = { ...piece.play, operations: run.operations };
      run.scenario.seeds.push(...piece.seeds);
    }
  }

  private onStep({ testCaseStartedId, testStepId, testStepResult, timestamp }: TestStepFinished): void {
    const run = this.running.get(testCaseStartedId)!;
    const { scenario, source } = run;
    const { pickleStepId } = run.testCase.testSteps.find((s) => s.id === testStepId)!;
    const step = run.pickle.steps.find((s) => s.id === pickleStepId);
    const { attached, piece } = run;
    run.attached = [];
    run.piece = undefined;
    const problem = problemOf(testStepResult, step, languageOf(source.feature.language), this.phrases);
    if (step === undefined) {
      scenario.attachments.push(...attached);
      if (problem !== undefined) scenario.problem ??= problem;
      for (const reporter of this.reporters)
        reporter.hookEnded?.(
          { attachments: attached, ...(problem === undefined ? {} : { problem }) },
          scenario,
          source.feature,
        );
      return;
    }
    const tookMs = TimeConversion.durationToMilliseconds(testStepResult.duration);
    const endedAtMs = TimeConversion.timestampToMillisecondsSinceEpoch(timestamp);
    const record: StepRecord = {
      ...written(step, source),
      startedAtMs: endedAtMs - tookMs,
      tookMs,
      ...(piece === undefined ? {} : { time: piece.time }),
      ...(piece?.operation === undefined ? {} : { operation: run.operations.push(piece.operation) - 1 }),
      ...(piece?.failedAsExpected === undefined ? {} : { failedAsExpected: piece.failedAsExpected }),
      attachments: attached,
      ...(problem === undefined ? {} : { problem }),
      status: STATUS[testStepResult.status] ?? 'played',
      result: resultOf(problem, testStepResult.status === TestStepResultStatus.SKIPPED),
    };
    scenario.steps.push(record);
    for (const reporter of this.reporters)
      reporter.stepEnded?.(record, piece?.operation, scenario, source.feature);
  }

  private onEnd(id: string, endedAtMs: number, willBeRetried: boolean): void {
    const { scenario, source } = this.running.get(id)!;
    this.running.delete(id);
    if (willBeRetried) {
      source.feature.scenarios = source.feature.scenarios.filter((s) => s !== scenario);
      return;
    }
    scenario.tookMs = endedAtMs - scenario.startedAtMs;
    scenario.result = worstOf([...scenario.steps.map((s) => s.result), resultOf(scenario.problem)]);
    for (const reporter of this.reporters) reporter.scenarioEnded?.(scenario, source.feature);
  }
}

function written(
  { astNodeIds, text, argument }: PickleStep,
  source: Source,
): Pick<StepRecord, 'keyword' | 'text' | 'line' | 'docString' | 'table'> {
  const [node = ''] = astNodeIds;
  const { docString, dataTable } = argument ?? {};
  return {
    // Japanese keywords bring no space of their own.
    keyword: `${(source.keywords.get(node) ?? '').trimEnd()} `,
    text,
    line: source.lines.get(node) ?? 1,
    ...(docString === undefined
      ? {}
      : {
          docString: {
            content: docString.content,
            ...(docString.mediaType === undefined || docString.mediaType === ''
              ? {}
              : { mediaType: docString.mediaType }),
          },
        }),
    ...(dataTable === undefined ? {} : { table: dataTable.rows.map((r) => r.cells.map((c) => c.value)) }),
  };
}
