import { AstBuilder, compile, GherkinClassicTokenMatcher, Parser } from '@cucumber/gherkin';
import {
  IdGenerator,
  StepDefinitionPatternType,
  TestStepResultStatus,
  type Envelope,
  type StepDefinition,
  type TestStepResult,
} from '@cucumber/messages';
import { describe, expect, it } from 'vitest';
import { CucumberRecorder } from './cucumber.ts';
import { junitOf } from './junit.ts';
import type { RunRecord } from './record.ts';

const FEATURE = `Feature: f
  Scenario: s
    Given something
    Then something else
`;
const at = (seconds: number): { seconds: number; nanos: number } => ({ seconds, nanos: 0 });
const NONE = at(0);

/** A step of the user's own. */
const OWN: StepDefinition = {
  id: 'own',
  pattern: { source: 'something quite different', type: StepDefinitionPatternType.CUCUMBER_EXPRESSION },
  sourceReference: {},
};

/** What Cucumber says of a run whose steps end so. Every attempt but the last is tried again. */
function played(...attempts: readonly (readonly Omit<TestStepResult, 'duration'>[])[]): RunRecord {
  const newId = IdGenerator.incrementing();
  const document = {
    ...new Parser(new AstBuilder(newId), new GherkinClassicTokenMatcher()).parse(FEATURE),
    uri: 'f.feature',
  };
  const [pickle] = compile(document, 'f.feature', newId);
  const testSteps = pickle!.steps.map((s) => ({ id: `test ${s.id}`, pickleStepId: s.id }));
  const envelopes: Envelope[] = [
    { testRunStarted: { timestamp: at(1) } },
    { stepDefinition: OWN },
    { gherkinDocument: document },
    { pickle: pickle! },
    { testCase: { id: 'case', pickleId: pickle!.id, testSteps } },
    ...attempts.flatMap((results, attempt): Envelope[] => {
      const testCaseStartedId = `started ${attempt}`;
      return [
        { testCaseStarted: { id: testCaseStartedId, testCaseId: 'case', attempt, timestamp: at(2) } },
        ...results.map((result, i) => ({
          testStepFinished: {
            testCaseStartedId,
            testStepId: testSteps[i]!.id,
            timestamp: at(3),
            testStepResult: { ...result, duration: NONE },
          },
        })),
        {
          testCaseFinished: {
            testCaseStartedId,
            timestamp: at(4),
            willBeRetried: attempt < attempts.length - 1,
          },
        },
      ];
    }),
  ];
  const recorder = new CucumberRecorder('1.2.3', []);
  for (const envelope of envelopes) recorder.take(envelope);
  return recorder.end();
}

const PASSED = { status: TestStepResultStatus.PASSED };
const SKIPPED = { status: TestStepResultStatus.SKIPPED };
const failed = (type: string): Omit<TestStepResult, 'duration'> => ({
  status: TestStepResultStatus.FAILED,
  message: 'message with stack',
  exception: { type, message: 'message', stackTrace: 'stack' },
});

describe('a run that Cucumber plays', () => {
  it.each([
    ['passed', PASSED, 'passed', undefined],
    ['skipped by a step', SKIPPED, 'skipped', undefined],
    [
      'undefined',
      { status: TestStepResultStatus.UNDEFINED },
      'invalid',
      {
        kind: 'input',
        message: expect.stringMatching(
          /^no phrase of the language fits "something"\ndid you mean:\n {2}something quite different\n(?: {2}.+\n?){2}$/,
        ),
      },
    ],
    [
      'ambiguous',
      { status: TestStepResultStatus.AMBIGUOUS, message: 'two fit\n' },
      'invalid',
      { kind: 'input', message: 'two fit' },
    ],
    ['pending', { status: TestStepResultStatus.PENDING }, 'invalid', { kind: 'input', message: '' }],
    ['a claim that fails', failed('ClaimError'), 'failed', { kind: 'claim', message: 'message' }],
    [
      "an assertion of a user's own step",
      failed('AssertionError'),
      'failed',
      { kind: 'claim', message: 'message' },
    ],
    ['bad input', failed('InputError'), 'invalid', { kind: 'input', message: 'message' }],
    ['a defect', failed('TypeError'), 'defect', { kind: 'defect', message: 'message', stack: 'stack' }],
  ] as const)('%s', (_, result, of, problem) => {
    const run = played([result, result === PASSED ? PASSED : SKIPPED]);
    expect(run.result).toBe(of);
    const [scenario] = run.features[0]!.scenarios;
    expect(scenario).toMatchObject({ id: 'f.feature:2', result: of, startedAtMs: 2000, tookMs: 2000 });
    expect(scenario!.steps[0]!.problem).toEqual(problem);
    expect(JSON.parse(JSON.stringify(run))).toEqual(run);
    expect(junitOf(run)).toContain(`tests="1"`);
  });

  it('counts the last attempt of a scenario that is tried again', () => {
    const run = played([failed('ClaimError'), SKIPPED], [PASSED, PASSED]);
    expect(run.features[0]!.scenarios.map((s) => s.result)).toEqual(['passed']);
    expect(run.result).toBe('passed');
  });
});
