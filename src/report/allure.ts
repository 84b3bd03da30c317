/**
 * Allure results of a run, by allure-cucumberjs, which hears Cucumber's messages through a filter that mends
 * what it gets wrong or leaves out: a scenario that ends in an undefined or ambiguous step is broken, not
 * passed (allure-js#1358); so is one whose closing hook failed; steps of a Background inside a Rule keep
 * their keyword; doc strings are attached; virtual time is one attachment a scenario.
 */
import { EventEmitter } from 'node:events';
import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Formatter, IFormatterOptions } from '@cucumber/cucumber';
import {
  AttachmentContentEncoding,
  TestStepResultStatus,
  type Envelope,
  type GherkinDocument,
  type Pickle,
  type TestCase,
  type TestStepFinished,
} from '@cucumber/messages';
import reporter from 'allure-cucumberjs/reporter';
import { printStepTime, TIME_MEDIA_TYPE, type StepTime } from './virtualtime.ts';

// Its type declarations are those of its CommonJS build.
const AllureCucumberReporter = reporter as unknown as new (options: IFormatterOptions) => Formatter;

interface Running {
  readonly testCase: TestCase;
  readonly pickle: Pickle;
  readonly times: string[];
}

const endId = (id: string): string => `${id}/end`;

class Filter {
  private readonly pickles = new Map<string, Pickle>();
  private readonly testCases = new Map<string, TestCase>();
  private readonly running = new Map<string, Running>();
  private readonly send: (envelope: Envelope) => void;

  constructor(send: (envelope: Envelope) => void) {
    this.send = send;
  }

  take(e: Envelope): void {
    if (e.gherkinDocument) return this.send({ gherkinDocument: withRuleBackgrounds(e.gherkinDocument) });
    if (e.pickle) {
      this.pickles.set(e.pickle.id, e.pickle);
      // A place for what the closing hook finds (another seed fails, a failure did not come): Allure looks at
      // steps alone.
      return this.send({
        pickle: {
          ...e.pickle,
          steps: [
            ...e.pickle.steps,
            { id: endId(e.pickle.id), text: 'the scenario as a whole', astNodeIds: [] },
          ],
        },
      });
    }
    if (e.testCase) {
      this.testCases.set(e.testCase.id, e.testCase);
      const { id, pickleId } = e.testCase;
      return this.send({
        testCase: {
          ...e.testCase,
          testSteps: [
            ...e.testCase.testSteps,
            { id: endId(id), pickleStepId: endId(pickleId), stepDefinitionIds: [] },
          ],
        },
      });
    }
    if (e.testCaseStarted) {
      const testCase = this.testCases.get(e.testCaseStarted.testCaseId)!;
      this.running.set(e.testCaseStarted.id, {
        testCase,
        pickle: this.pickles.get(testCase.pickleId)!,
        times: [],
      });
    }
    if (e.attachment?.mediaType === TIME_MEDIA_TYPE) return this.onTime(e.attachment);
    if (e.testStepStarted) {
      this.send(e);
      return this.attachDocString(e.testStepStarted.testCaseStartedId, e.testStepStarted.testStepId);
    }
    if (e.testStepFinished) return this.onStep(e.testStepFinished);
    if (e.testCaseFinished) this.attachTimes(e.testCaseFinished.testCaseStartedId);
    this.send(e);
  }

  private stepText(run: Running, testStepId: string): string | undefined {
    const id = run.testCase.testSteps.find((s) => s.id === testStepId)?.pickleStepId;
    return run.pickle.steps.find((s) => s.id === id)?.text;
  }

  private onTime(a: NonNullable<Envelope['attachment']>): void {
    const run = this.running.get(a.testCaseStartedId ?? '');
    if (run === undefined || a.testStepId === undefined) return;
    run.times.push(
      `${printStepTime(JSON.parse(a.body) as StepTime)} ${this.stepText(run, a.testStepId) ?? ''}`,
    );
  }

  private attachText(testCaseStartedId: string, fileName: string, body: string): void {
    this.send({
      attachment: {
        body,
        contentEncoding: AttachmentContentEncoding.IDENTITY,
        mediaType: 'text/plain',
        fileName,
        testCaseStartedId,
      },
    });
  }

  private attachDocString(testCaseStartedId: string, testStepId: string): void {
    const run = this.running.get(testCaseStartedId);
    const id = run?.testCase.testSteps.find((s) => s.id === testStepId)?.pickleStepId;
    const docString = run?.pickle.steps.find((s) => s.id === id)?.argument?.docString;
    if (docString !== undefined) this.attachText(testCaseStartedId, 'Doc string.txt', docString.content);
  }

  private attachTimes(testCaseStartedId: string): void {
    const times = this.running.get(testCaseStartedId)?.times ?? [];
    this.running.delete(testCaseStartedId);
    if (times.length > 0) this.attachText(testCaseStartedId, 'Virtual time.txt', `${times.join('\n')}\n`);
  }

  private onStep(finished: TestStepFinished): void {
    const run = this.running.get(finished.testCaseStartedId)!;
    const result = this.judged(finished, run);
    this.send({ testStepFinished: result });
    const isHook = run.testCase.testSteps.find((s) => s.id === finished.testStepId)?.hookId !== undefined;
    if (!isHook || result.testStepResult.status !== TestStepResultStatus.FAILED) return;
    const { testCaseStartedId, timestamp } = finished;
    const testStepId = endId(run.testCase.id);
    this.send({ testStepStarted: { testCaseStartedId, testStepId, timestamp } });
    this.send({ testStepFinished: { ...result, testStepId } });
  }

  /**
   * Undefined and ambiguous steps as errors, which Allure calls broken; a failed claim by the name that makes
   * it "failed".
   */
  private judged(finished: TestStepFinished, run: Running): TestStepFinished {
    const { testStepResult: result } = finished;
    const failed = (type: string, message: string): TestStepFinished => ({
      ...finished,
      testStepResult: {
        ...result,
        status: TestStepResultStatus.FAILED,
        message,
        exception: { type, message, stackTrace: message },
      },
    });
    switch (result.status) {
      case TestStepResultStatus.UNDEFINED:
        return failed(
          'InputError',
          `no phrase of the language fits "${this.stepText(run, finished.testStepId) ?? ''}"`,
        );
      case TestStepResultStatus.AMBIGUOUS:
        return failed('InputError', result.message ?? 'more than one phrase fits');
      case TestStepResultStatus.FAILED:
        return result.exception?.type === 'ClaimError'
          ? failed('AssertionError', result.exception.message ?? '')
          : finished;
      default:
        return finished;
    }
  }
}

/** Backgrounds of rules stand at the top as well, where the reporter looks for them. */
function withRuleBackgrounds(document: GherkinDocument): GherkinDocument {
  const { feature } = document;
  if (feature === undefined) return document;
  const inRules = feature.children
    .flatMap((c) => c.rule?.children ?? [])
    .filter((c) => c.background !== undefined)
    .map(({ background }) => ({ background: background! }));
  return inRules.length === 0
    ? document
    : { ...document, feature: { ...feature, children: [...inRules, ...feature.children] } };
}

const OURS = /-(?:result|container|attachment)(?:\.[\w.]+)?$|^(?:categories|environment|executor)\.\w+$/;

/** Results of earlier runs would stand beside those of this one. */
function clear(folder: string): void {
  if (!existsSync(folder)) return;
  for (const name of readdirSync(folder)) if (OURS.test(name)) rmSync(join(folder, name), { force: true });
}

export default class AllureReport extends AllureCucumberReporter {
  constructor(options: IFormatterOptions) {
    const heard = new EventEmitter();
    const filter = new Filter((envelope) => void heard.emit('envelope', envelope));
    const resultsDir = resolve(
      options.cwd,
      (options.parsedArgvOptions['resultsDir'] as string | undefined) ?? 'reports/allure-results',
    );
    super({
      ...options,
      eventBroadcaster: heard,
      parsedArgvOptions: { ...options.parsedArgvOptions, resultsDir },
    });
    clear(resultsDir);
    options.eventBroadcaster.on('envelope', (envelope: Envelope) => filter.take(envelope));
  }
}
