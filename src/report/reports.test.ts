import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RunRecord, ScenarioRecord } from './record.ts';

const BIN = fileURLToPath(new URL('../../bin/seatrial.mjs', import.meta.url));
const POD = `apiVersion: v1
kind: Pod
metadata: {name: web, labels: {app: web}}
spec: {containers: [{name: web, image: nginx}]}`;
const MANIFEST = POD.replace(/^/gm, '        ');

const FEATURES: Readonly<Record<string, string>> = {
  'shop/outcomes.feature': `@shop
Feature: What may become of a scenario
  Prose of the feature.

  Rule: Every outcome is told
    Background:
      Given a cluster with 1 node

    @severity:critical
    Scenario: passed
      Given the manifest:
        """
${MANIFEST}
        """
      And every pod is ready
      When I run "kubectl get pod web -o name"
      And these faults strike:
        | at | fault      | target |
        | 1s | NodeCordon | node-1 |

    Scenario: claim
      When node "node-1" loses power
      And 2 minutes pass
      Then node "node-1" is ready

    Scenario: undefined
      When the moon is full
      Then pod "web" is running

    Scenario: bad input
      When I run "kubectl get pod nobody"

    @expect-failure
    Scenario: failed as expected
      Then pod "web" is running
      When 1 minute passes

    @expect-failure
    Scenario: did not fail
      When 1 minute passes

    Scenario Outline: row
      When <n> minutes pass

      Examples:
        | n |
        | 1 |
        | 2 |
`,
  'shop/seeds.feature': `Feature: Seeds
  @every-seed:30 @expect-failure
  Scenario: another seed fails
    Given a cluster with 3 nodes
    And the manifest:
      """
${POD.replace(/^/gm, '      ')}
      """
    And every pod is ready
    Then pod "web" is on node "node-1"

  @runs:20
  Scenario: a property
    Given any cluster of 1 to 2 nodes
    And the manifest:
      """
${POD.replace(/^/gm, '      ')}
      """
    And every pod is ready
    When any 1 to 2 voluntary disruptions strike within 1 minute
    Then at every moment at least 1 pod matching "app=web" is ready
`,
  'shop/日本語.feature': `# language: ja
機能: 日本語
  シナリオ: 失敗 <&"\u200f>
    前提 2台のノードを持つクラスター
    ならば ノード"node-1"の状態が不明である
`,
};

let folder = '';
let record: RunRecord;
let output = '';
let code = 0;

interface Ended {
  readonly code: number;
  readonly output: string;
}

/** @param cwd each run makes its folder of Allure results anew */
const seatrial = (cwd: string, ...args: string[]): Promise<Ended> => seatrialWith({}, cwd, ...args);

async function seatrialWith(
  variables: Readonly<Record<string, string>>,
  cwd: string,
  ...args: string[]
): Promise<Ended> {
  return new Promise((done) => {
    execFile(
      process.execPath,
      [BIN, ...args],
      { cwd, env: { ...process.env, NO_COLOR: '1', GITHUB_ACTIONS: '', ...variables } },
      (error, stdout, stderr) =>
        done({ code: error === null ? 0 : Number(error.code), output: stdout + stderr }),
    );
  });
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'seatrial-'));
  mkdirSync(join(folder, 'shop'));
  for (const [name, text] of Object.entries(FEATURES)) writeFileSync(join(folder, name), text);
  ({ code, output } = await seatrial(
    folder,
    'run',
    'shop',
    '--junit',
    'out/junit.xml',
    '--json',
    'out/run.json',
  ));
  record = JSON.parse(readFileSync(join(folder, 'out/run.json'), 'utf8')) as RunRecord;
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const scenarios = (): ScenarioRecord[] => record.features.flatMap((f) => f.scenarios);
const named = (name: string): ScenarioRecord => scenarios().find((s) => s.name.startsWith(name))!;

describe('the record of a run', () => {
  it('says what became of every scenario, and the exit code follows it', () => {
    expect(Object.fromEntries(scenarios().map((s) => [s.id.replace('shop/', ''), s.result]))).toEqual({
      'outcomes.feature:10': 'passed',
      'outcomes.feature:24': 'failed',
      'outcomes.feature:29': 'invalid',
      'outcomes.feature:33': 'invalid',
      'outcomes.feature:37': 'passed',
      'outcomes.feature:42': 'failed',
      'outcomes.feature:50': 'passed',
      'outcomes.feature:51': 'passed',
      'seeds.feature:3': 'passed',
      'seeds.feature:16': 'failed',
      '日本語.feature:3': 'failed',
    });
    expect([record.result, code]).toEqual(['invalid', 2]);
    expect(output).toContain('5 passed, 6 failed');
  });

  it('holds steps as written, what kubectl printed, whom faults met', () => {
    const { steps, play, tags, rule } = named('passed');
    expect([rule, tags]).toEqual(['Every outcome is told', ['@shop', '@severity:critical']]);
    expect(steps.map((s) => `${s.line} ${s.keyword}${s.text}`)).toEqual([
      '7 Given a cluster with 1 node',
      '11 Given the manifest:',
      '18 And every pod is ready',
      '19 When I run "kubectl get pod web -o name"',
      '20 And these faults strike:',
    ]);
    expect(steps[1]!.docString?.content).toBe(POD);
    expect(steps[4]!.table).toEqual([
      ['at', 'fault', 'target'],
      ['1s', 'NodeCordon', 'node-1'],
    ]);
    const of = (i: number) => play!.operations[steps[i]!.operation!]!;
    expect(of(1).printed).toEqual([{ line: 'kubectl apply -f -', code: 0, output: 'pod/web created\n' }]);
    expect(of(3).printed).toEqual([{ line: 'kubectl get pod web -o name', code: 0, output: 'pod/web\n' }]);
    expect(of(4).strikes).toEqual([{ fault: { kind: 'NodeCordon', node: 'node-1' }, targets: ['node-1'] }]);
    expect(of(4).to - of(4).from).toBe(1000);
    expect(play!.marks['']!.at).toBe(of(3).from);
    expect(play!.hash).toMatch(/^[0-9a-f]{64}$/);
  });

  it('leads from a failed claim back to its step', () => {
    const { play, steps } = named('claim');
    const { verdict } = play!.operations[steps[3]!.operation!]!;
    expect(verdict).toMatchObject({ holds: false, at: 120_000 });
    const chain = verdict!.causes.map((id) => play!.entries.find((e) => e.id === id)!);
    expect(chain[0]).toMatchObject({ type: 'api', kind: 'Node', name: 'node-1', change: 'updated' });
    expect(chain[chain.length - 1]).toMatchObject({ type: 'operation', cause: 0 });
    expect(chain[chain.length - 1]!.id).toBe(play!.operations[1]!.entries![0]);
  });

  it("holds the seed that failed, and a property's counterexample, each with its play", () => {
    const { seeds, problem } = named('another seed fails');
    expect(problem).toBeUndefined();
    expect(seeds.findIndex((s) => s.failed)).toBe(seeds.length - 1);
    const other = seeds[seeds.length - 1]!.play!;
    expect(other.operations[other.operations.length - 1]!.verdict).toMatchObject({ holds: false });
    const { play, steps } = named('a property');
    const { property } = play!.operations[steps[4]!.operation!]!.verdict!;
    const found = property!.counterexample!;
    expect(found.feature).toContain('Feature: Counterexamples');
    expect(found.play.operations[found.play.operations.length - 1]!.verdict).toMatchObject({ holds: false });
    expect(found.play.operations.every((o) => !o.operation.op.startsWith('any'))).toBe(true);
  });

  it('tells of features that do not parse', async () => {
    mkdirSync(join(folder, 'unreadable'));
    writeFileSync(
      join(folder, 'unreadable/x.feature'),
      'Feature: f\n  Scenario: s\n    Whenever it rains\n    Given x\n    Whenever\n',
    );
    const ended = await seatrial(
      join(folder, 'unreadable'),
      'run',
      'x.feature',
      '--junit',
      'bad/junit.xml',
      '--json',
      'bad/run.json',
    );
    expect(ended.code).toBe(2);
    const { unreadable, features } = JSON.parse(
      readFileSync(join(folder, 'unreadable/bad/run.json'), 'utf8'),
    ) as RunRecord;
    expect(features).toEqual([]);
    expect(unreadable).toEqual([
      { uri: 'x.feature', problem: { kind: 'input', message: expect.stringContaining('(5:5)') } },
    ]);
    expect(readFileSync(join(folder, 'unreadable/bad/junit.xml'), 'utf8')).toContain(
      'tests="1" failures="0" errors="1"',
    );
  });

  it('tells GitHub of what failed, and with --quiet nobody of what passed', async () => {
    const cwd = join(folder, 'actions');
    mkdirSync(cwd);
    const feature = FEATURES['shop/outcomes.feature']!;
    writeFileSync(join(cwd, 'x.feature'), feature);
    writeFileSync(join(cwd, 'summary.md'), '# Before\n');
    const actions = { GITHUB_ACTIONS: 'true', GITHUB_STEP_SUMMARY: 'summary.md' };
    const ended = await seatrialWith(actions, cwd, 'run', 'x.feature', '--quiet');
    const line = feature.split('\n').findIndex((l) => l.includes('Then node "node-1" is ready')) + 1;
    expect(ended.output).toContain(`::error file=x.feature,line=${line},title=claim::node`);
    const summary = readFileSync(join(cwd, 'summary.md'), 'utf8');
    expect(summary).toContain('# Before\n## Seatrial: 4 passed, 4 failed');
    expect(summary).toContain(`<summary>x.feature:${line} claim</summary>`);
    expect(ended.output).toContain('✗ Then node "node-1" is ready');
    expect(ended.output).toContain('4 passed, 4 failed');
    expect(ended.output).not.toMatch(/✓|Allure/);
    // oxlint-disable-next-line no-control-regex
    expect(ended.output).not.toMatch(/\u001b/);
    const both = await seatrial(cwd, 'run', 'x.feature', '--quiet', '--verbose');
    expect(both.output).toContain("option '--quiet' cannot be used with option '--verbose'");
    expect(both.code).toBe(2);
  });

  it('is bad input where a report cannot be written', async () => {
    const ended = await seatrial(
      join(folder, 'shop'),
      'run',
      '日本語.feature',
      '--json',
      'outcomes.feature/run.json',
    );
    expect(ended.code).toBe(2);
    expect(ended.output).toContain('run.json cannot be written: there is a file of that name (EEXIST)');
    expect(ended.output).toContain('成功0個、失敗1個');
  });
});

/** An element of an XML document: its children are elements, or text. */
interface Element {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: (Element | string)[];
}

/** @throws Error for what is not well-formed */
function parseXml(text: string): Element {
  const root: Element = { name: '', attributes: {}, children: [] };
  const open = [root];
  const tokens = /<\?xml[^?]*\?>\s*|<(\/?)([\w-]+)((?:\s+[\w-]+="[^"<]*")*)\s*(\/?)>|([^<]+)/gy;
  let at = 0;
  for (let m = tokens.exec(text); m !== null; m = tokens.exec(text)) {
    at = tokens.lastIndex;
    const [, closing, name, attributes = '', empty, words] = m;
    const top = open[open.length - 1]!;
    if (words !== undefined) {
      if (/&(?!(?:amp|lt|gt|quot|#\d+);)/.test(words)) throw new Error(`a bare & in ${words}`);
      top.children.push(words);
    } else if (closing === '/') {
      if (open.pop()!.name !== name) throw new Error(`</${name}> closes <${top.name}>`);
    } else if (name !== undefined) {
      const element: Element = {
        name,
        attributes: Object.fromEntries(
          [...attributes.matchAll(/([\w-]+)="([^"]*)"/g)].map(([, key, value]) => [key!, value!]),
        ),
        children: [],
      };
      top.children.push(element);
      if (empty === '') open.push(element);
    }
  }
  if (at !== text.length || open.length !== 1) throw new Error(`not well-formed at ${at}`);
  return root.children.find((c) => typeof c !== 'string') as Element;
}

const elements = (e: Element): Element[] => e.children.filter((c): c is Element => typeof c !== 'string');

/** What readers know (Jenkins' junit-10.xsd, and `file`, `line` and `timestamp` of GitLab and CircleCI). */
const JUNIT: Readonly<Record<string, { required: string[]; optional: string[]; children: string[] }>> = {
  testsuites: {
    required: [],
    optional: ['name', 'tests', 'failures', 'errors', 'skipped', 'time', 'timestamp'],
    children: ['testsuite'],
  },
  testsuite: {
    required: ['name', 'tests', 'failures', 'errors'],
    optional: ['skipped', 'time', 'timestamp', 'file'],
    children: ['properties', 'testcase'],
  },
  testcase: {
    required: ['name', 'classname'],
    optional: ['time', 'file', 'line'],
    children: ['properties', 'skipped', 'error', 'failure', 'system-out'],
  },
  properties: { required: [], optional: [], children: ['property'] },
  property: { required: ['name', 'value'], optional: [], children: [] },
  skipped: { required: [], optional: ['message'], children: [] },
  failure: { required: [], optional: ['message', 'type'], children: [] },
  error: { required: [], optional: ['message', 'type'], children: [] },
  'system-out': { required: [], optional: [], children: [] },
};

function conforms(e: Element): void {
  const { required, optional, children } = JUNIT[e.name]!;
  const given = Object.keys(e.attributes);
  expect(given).toEqual(expect.arrayContaining(required));
  expect([...required, ...optional]).toEqual(expect.arrayContaining(given));
  const names = elements(e).map((c) => c.name);
  // In the order of the schema, which is a sequence.
  expect(names).toEqual([...names].sort((a, b) => children.indexOf(a) - children.indexOf(b)));
  expect(children).toEqual(expect.arrayContaining(names));
  elements(e).forEach(conforms);
}

describe('JUnit XML', () => {
  it('is what CI systems read, with counts that agree', async () => {
    const text = readFileSync(join(folder, 'out/junit.xml'), 'utf8');
    const root = parseXml(text);
    conforms(root);
    for (const suite of elements(root)) {
      const cases = elements(suite);
      const having = (name: string): number =>
        cases.filter((c) => elements(c).some((e) => e.name === name)).length;
      expect(suite.attributes).toMatchObject({
        tests: String(cases.length),
        failures: String(having('failure')),
        errors: String(having('error')),
      });
      const names = cases.map((c) => `${c.attributes['classname']} ${c.attributes['name']}`);
      expect(new Set(names).size).toBe(names.length);
    }
    await expect(
      text.replace(/ time="[\d.]+"/g, ' time="T"').replace(/timestamp="[^"]*"/g, 'timestamp="T"'),
    ).toMatchFileSnapshot('golden/junit.xml');
  });
});

interface AllureStep {
  name: string;
  status: string;
  stage: string;
  start: number;
  stop: number;
  statusDetails: { message?: string };
  attachments: { name: string; source: string; type: string }[];
  parameters: { name: string; value: string }[];
  steps: AllureStep[];
}
interface AllureResult extends AllureStep {
  uuid: string;
  historyId: string;
  testCaseId: string;
  fullName: string;
  labels: { name: string; value: string }[];
}

describe('Allure results', () => {
  const results = (): AllureResult[] => {
    const at = join(folder, 'reports/allure-results');
    return readdirSync(at)
      .filter((f) => f.endsWith('-result.json'))
      .map((f) => JSON.parse(readFileSync(join(at, f), 'utf8')) as AllureResult)
      .sort((a, b) => (a.fullName + a.historyId < b.fullName + b.historyId ? -1 : 1));
  };

  it('are as Allure reads them: statuses, labels, parameters, attachments that are there', async () => {
    const found = results();
    const files = new Set(readdirSync(join(folder, 'reports/allure-results')));
    const check = (step: AllureStep): void => {
      expect(['passed', 'failed', 'broken', 'skipped']).toContain(step.status);
      expect(step.stage).toBe('finished');
      expect(step.stop).toBeGreaterThanOrEqual(step.start);
      for (const { source, type } of step.attachments) {
        expect(files).toContain(source);
        if (type === 'image/svg+xml')
          parseXml(readFileSync(join(folder, 'reports/allure-results', source), 'utf8'));
        else expect(['text/plain', 'text/csv']).toContain(type);
      }
      (step.steps ?? []).forEach(check);
    };
    found.forEach(check);
    expect(new Set(found.map((r) => r.historyId)).size).toBe(found.length);
    const told = (step: AllureStep): object => ({
      name: step.name,
      status: step.status,
      ...(step.statusDetails.message === undefined
        ? {}
        : { message: step.statusDetails.message.split('\n')[0] }),
      ...(step.parameters.length === 0
        ? {}
        : { parameters: step.parameters.map((p) => `${p.name}: ${p.value}`) }),
      ...(step.attachments.length === 0 ? {} : { attachments: step.attachments.map((a) => a.name) }),
      ...(step.steps === undefined || step.steps.length === 0 ? {} : { steps: step.steps.map(told) }),
    });
    const text = JSON.stringify(
      found.map((r) => ({
        fullName: r.fullName,
        ...told(r),
        labels: r.labels.filter((l) => l.name !== 'host').map((l) => `${l.name}: ${l.value}`),
      })),
      undefined,
      2,
    );
    await expect(`${text}\n`).toMatchFileSnapshot('golden/allure.json');
  });
});
