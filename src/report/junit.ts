/**
 * A run as JUnit XML, in the shape that Jenkins, GitLab, GitHub's and CircleCI's readers share: a suite a
 * feature, a case a scenario; a claim that fails is a failure, bad input and defects are errors.
 */
import type { FeatureRecord, Problem, RunRecord, ScenarioRecord, StepRecord } from './record.ts';
import { languageOf, shortened, type Language } from '../messages/index.ts';
import { visible } from '../messages/visible.ts';
import { printPrinted, printStepTime, printStrike } from './terminal.ts';
import { givenTexts } from './given.ts';
import { warningsOf } from './warnings.ts';

/** Beside what commands terminals, which XML 1.0 cannot hold either: its two characters that are none. */
const fitting = (text: string): string => visible(text).replace(/[\ufffe\uffff]/g, '\ufffd');

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\n': '&#10;',
  '\t': '&#9;',
};
const attribute = (text: string): string => fitting(text).replace(/[&<>"\n\t]/g, (c) => ESCAPES[c]!);
const content = (text: string): string => fitting(text).replace(/[&<>]/g, (c) => ESCAPES[c]!);

type Attributes = Readonly<Record<string, string | number>>;

function element(name: string, attributes: Attributes, inside: string | readonly string[] = []): string {
  const given = Object.entries(attributes)
    .map(([key, value]) => ` ${key}="${attribute(String(value))}"`)
    .join('');
  if (typeof inside === 'string') return `<${name}${given}>${content(inside)}</${name}>`;
  if (inside.length === 0) return `<${name}${given}/>`;
  return `<${name}${given}>\n${inside.join('\n')}\n</${name}>`;
}

const seconds = (ms: number): string => (ms / 1000).toFixed(3);
/** Local readers expect no zone: UTC, to the second. */
const timestamp = (ms: number): string => new Date(ms).toISOString().slice(0, 19);

function problemElement({ kind, message, stack }: Problem): string {
  const [first = ''] = message.split('\n');
  return kind === 'claim'
    ? element('failure', { message: first, type: 'ClaimError' }, message)
    : element('error', { message: first, type: kind === 'input' ? 'InputError' : 'Error' }, stack ?? message);
}

const indented = (text: string): string => text.replace(/^/gm, '  ');

/** The steps as the terminal shows them, with whom faults met. */
function story(scenario: ScenarioRecord, language: Language): string {
  const stepLines = (step: StepRecord): string[] => {
    const operation = step.operation === undefined ? undefined : scenario.play?.operations[step.operation];
    return [
      `${step.result === 'passed' ? '✓' : step.result === 'skipped' ? '-' : '✗'} ` +
        `${step.keyword}${step.text}${step.time === undefined ? '' : ` ${printStepTime(step.time)}`}`,
      ...(operation?.printed ?? []).map((p) => indented(shortened(printPrinted(p), language))),
      ...(operation?.strikes ?? []).map((s) => `  ${printStrike(s, language)}`),
    ];
  };
  const warnings = warningsOf(scenario, language).map((w) => w.text);
  const given = givenTexts(scenario.play?.given ?? [], language);
  return [...scenario.steps.flatMap(stepLines), ...warnings, ...given].join('\n');
}

function caseElement(scenario: ScenarioRecord, feature: FeatureRecord): string {
  const problems = [...scenario.steps.map((s) => s.problem), scenario.problem].flatMap((p) => p ?? []);
  const { play, rule } = scenario;
  // Readers tell cases apart by class and name: a row of an outline may have the name of its neighbour.
  const twins = feature.scenarios.filter((s) => s.name === scenario.name && s.rule === rule);
  const name =
    twins.length > 1 ? `${scenario.name} (${scenario.id.slice(feature.uri.length + 1)})` : scenario.name;
  return element(
    'testcase',
    {
      name,
      classname: rule === undefined ? feature.name : `${feature.name}.${rule}`,
      time: seconds(scenario.tookMs),
      file: feature.uri,
      line: scenario.line,
    },
    [
      ...(play === undefined
        ? []
        : [element('properties', {}, [element('property', { name: 'seed', value: play.seed })])]),
      ...(scenario.result === 'skipped' ? [element('skipped', {})] : []),
      ...problems.slice(0, 1).map(problemElement),
      element('system-out', {}, story(scenario, languageOf(feature.language))),
    ],
  );
}

const count = (scenarios: readonly ScenarioRecord[]): Attributes => ({
  tests: scenarios.length,
  failures: scenarios.filter((s) => s.result === 'failed').length,
  errors: scenarios.filter((s) => s.result === 'invalid' || s.result === 'defect').length,
  skipped: scenarios.filter((s) => s.result === 'skipped').length,
});

function suiteElement(feature: FeatureRecord): string {
  const { scenarios } = feature;
  return element(
    'testsuite',
    {
      name: feature.name,
      ...count(scenarios),
      time: seconds(scenarios.reduce((sum, s) => sum + s.tookMs, 0)),
      timestamp: timestamp(scenarios[0]?.startedAtMs ?? 0),
      file: feature.uri,
    },
    scenarios.map((s) => caseElement(s, feature)),
  );
}

function unreadableElement(uri: string, problem: Problem, run: RunRecord): string {
  return element(
    'testsuite',
    {
      name: uri,
      tests: 1,
      failures: 0,
      errors: 1,
      skipped: 0,
      time: seconds(0),
      timestamp: timestamp(run.startedAtMs),
      file: uri,
    },
    [
      element('testcase', { name: uri, classname: uri, time: seconds(0), file: uri }, [
        problemElement(problem),
      ]),
    ],
  );
}

/** The document, with its declaration. */
export function junitOf(run: RunRecord): string {
  const scenarios = run.features.flatMap((f) => f.scenarios);
  const counts = count(scenarios);
  const all = element(
    'testsuites',
    {
      name: 'seatrial',
      ...counts,
      tests: scenarios.length + run.unreadable.length,
      errors: Number(counts['errors']) + run.unreadable.length,
      time: seconds(run.tookMs),
      timestamp: timestamp(run.startedAtMs),
    },
    [
      ...run.features.map(suiteElement),
      ...run.unreadable.map(({ uri, problem }) => unreadableElement(uri, problem, run)),
    ],
  );
  return `<?xml version="1.0" encoding="UTF-8"?>\n${all}\n`;
}
