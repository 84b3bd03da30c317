import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readFileSync, readdirSync } from 'node:fs';
import { parseStep } from './parse.ts';
import { PHRASES, fillExpression, render, renderStep } from './index.ts';
import { PARAMETERS } from './parameters.ts';
import type { Attachment, Phrase } from './phrase.ts';

const STEPS = new URL('../../../steps/en/', import.meta.url);

/** The literal expressions under steps/en, each with the keyword of its definition. */
function literals(): string[] {
  return readdirSync(STEPS).flatMap((file) =>
    [...readFileSync(new URL(file, STEPS), 'utf8').matchAll(/^(?:Given|When|Then)\('((?:[^'\\]|\\.)*)'/gm)].map((m) => m[1]!.replace(/\\'/g, "'")));
}

const name = fc.stringMatching(/^[a-z][a-z0-9-]{0,8}[a-z0-9]$/);
/** Any text a step can hold in quotes: backslashes belong to Cucumber's own escaping. */
const text = fc.string({ minLength: 0, maxLength: 20 }).filter((s) => !/[\\\n\r]/.test(s) && !(s.includes('"') && s.includes("'")));
const durationMs = fc.oneof(fc.integer({ min: 0, max: 10_000 }), fc.integer({ min: 0, max: 500 }).map((n) => n * 1000), fc.integer({ min: 1, max: 400 }).map((n) => n * 60_000));
const since = fc.option(name, { nil: undefined });
const during = fc.oneof(
  fc.record({ mode: fc.constantFrom('every', 'never', 'eventually'), since }),
  fc.record({ mode: fc.constantFrom('within', 'for'), durationMs, since }),
).map(({ since: from, ...moment }) => (from === undefined ? moment : { ...moment, since: from }));
const words = (values: Record<string, unknown> | readonly string[]): fc.Arbitrary<unknown> => fc.constantFrom(...(values as readonly string[]));

const BY_TYPE: Record<string, fc.Arbitrary<unknown>> = {
  int: fc.integer({ min: 0, max: 500 }),
  float: fc.integer({ min: 0, max: 1000 }).map((n) => n / 10),
  string: text,
  selector: fc.oneof(name.map((n) => `app=${n}`), fc.constant('tier in (a, b),!old')),
  duration: durationMs,
  workload: fc.record({ kind: fc.constantFrom('Deployment', 'ReplicaSet', 'StatefulSet', 'DaemonSet', 'Job'), name: fc.oneof(name, name.map((n) => `team/${n}`)) }),
  moment: fc.oneof(fc.constant({ mode: 'now' }), name.map((n) => ({ mode: 'now', since: n })), during),
  during,
  count: fc.record({ bound: fc.constantFrom('exactly', 'at least', 'at most'), count: fc.nat(100) }),
  times: fc.nat(30),
  answer: fc.oneof(fc.integer({ min: 100, max: 599 }), fc.constantFrom('refused', 'timed out', 'not resolved')),
  replicaState: words(['available', 'ready', 'updated']),
  podState: words(['ready', 'available', 'running', 'pending', 'failed', 'terminating', 'serving']),
  podCondition: words(['running', 'pending', 'ready', 'not ready', 'succeeded', 'failed', 'gone']),
  nodeState: words(['ready', 'not ready', 'unknown']),
  topology: words(['node', 'zone']),
  kind: words(['Pod', 'Node', 'Deployment', 'ReplicaSet', 'StatefulSet', 'DaemonSet', 'Job', 'Service', 'PodDisruptionBudget', 'Namespace']),
};

/** Attachments that mean something to the phrase that takes them. */
function attachmentFor(phrase: Phrase): fc.Arbitrary<Attachment> {
  if (phrase.attachment === 'table') {
    return fc.uniqueArray(name, { minLength: 1, maxLength: 4 }).chain((names) =>
      fc.constantFrom<Attachment>([['name'], ...names.map((n) => [n])], [['name', 'zone', 'taints'], ...names.map((n) => [n, 'zone-b', 'a=b:NoSchedule'])]));
  }
  return phrase.expression === 'I run:' ? fc.array(name.map((n) => `kubectl get pod ${n}`), { minLength: 2, maxLength: 4 }).map((l) => l.join('\n'))
    : fc.constantFrom('a: b\nc:\n  - d', 'NAME   READY\nweb    1/1');
}

const argsFor = (phrase: Phrase): fc.Arbitrary<unknown[]> => {
  const types = [...phrase.expression.matchAll(/\{(\w+)\}/g)].map((m) => m[1]!);
  return fc.tuple(...types.map((t) => BY_TYPE[t]!), ...(phrase.attachment === undefined ? [] : [attachmentFor(phrase)]));
};

describe('phrases', () => {
  it('stand as literals in steps/en, and nothing else does', () => {
    expect(literals().sort()).toEqual([...new Set(PHRASES.map((p) => p.expression))].sort());
  });

  it('know an arbitrary for every parameter type', () => {
    for (const { name: type } of Object.values(PARAMETERS)) expect(BY_TYPE).toHaveProperty(type);
  });

  it.each(PHRASES.map((p) => [p.expression, p] as const))('%s: rendering is the inverse of building', (_, phrase) => {
    fc.assert(fc.property(argsFor(phrase), (args) => {
      const operation = (phrase.build as (...a: unknown[]) => never)(...args);
      const step = render(operation);
      expect(parseStep(step.keyword, step.text, step.docString ?? step.table)).toEqual(operation);
      // What was written is read the same way as what is rendered.
      const written = fillExpression(phrase.expression, phrase.attachment === undefined ? args : args.slice(0, -1));
      expect(parseStep(phrase.keyword, written, phrase.attachment === undefined ? undefined : (args[args.length - 1] as Attachment))).toEqual(operation);
    }), { numRuns: 30 });
  });

  it.each([
    ['When', '1 minute passes', { op: 'pass', durationMs: 60_000 }],
    ['When', '1h30m passes', { op: 'pass', durationMs: 5_400_000 }],
    ['When', '250ms pass', { op: 'pass', durationMs: 250 }],
    ['When', 'node "n" is cordoned', { op: 'fault', fault: { kind: 'NodeCordon', node: 'n' } }],
    ['Then', 'node "n" is cordoned', { op: 'assert', moment: { mode: 'now' }, claim: { claim: 'node', node: 'n', is: 'cordoned' } }],
    ['Then', 'at every moment at least 1 pod matching "a=b" was available',
      { op: 'assert', moment: { mode: 'every' }, claim: { claim: 'pods', count: { bound: 'at least', count: 1 }, selector: 'a=b', state: 'available' } }],
    ['Then', '2 pods matching "a=b" are running',
      { op: 'assert', moment: { mode: 'now' }, claim: { claim: 'pods', count: { bound: 'exactly', count: 2 }, selector: 'a=b', state: 'running' } }],
    ['Then', 'within 15 seconds container "c" of pod "p" has restarted once',
      { op: 'assert', moment: { mode: 'within', durationMs: 15_000 }, claim: { claim: 'container', container: 'c', pod: 'p', restarts: 1 } }],
    ['Then', 'a request to "http://p/" answers 200 within 20 seconds',
      { op: 'assert', moment: { mode: 'within', durationMs: 20_000 }, claim: { claim: 'request', to: 'http://p/', answer: 200 } }],
    ['Then', 'since "x" no request failed', { op: 'assert', moment: { mode: 'now', since: 'x' }, claim: { claim: 'traffic', atMostFailed: 0 } }],
  ] as const)('%s %s', (keyword, line, operation) => {
    expect(parseStep(keyword, line)).toEqual(operation);
  });

  it('prints a step as a feature holds it', () => {
    expect(renderStep(render({ op: 'clusterOf', nodes: [{ name: 'a', cpu: '4' }, { name: 'b' }] }))).toBe(
      '    Given a cluster with nodes:\n      | name | cpu |\n      | a | 4 |\n      | b |  |');
    expect(renderStep(render({ op: 'manifest', text: 'kind: Pod' }))).toBe('    Given the manifest:\n      """\n      kind: Pod\n      """');
  });
});

describe('the editor', () => {
  it('is told the parameter types as they are', () => {
    const settings = JSON.parse(readFileSync(new URL('../../../.vscode/settings.json', import.meta.url), 'utf8')) as Record<string, unknown>;
    expect(settings['cucumber.glue']).toEqual(['steps/**/*.ts']);
    expect(settings['cucumber.parameterTypes']).toEqual(Object.values(PARAMETERS).map((p) => ({ name: p.name, regexp: p.pattern })));
  });
});
