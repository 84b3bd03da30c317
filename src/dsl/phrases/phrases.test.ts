import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readFileSync, readdirSync } from 'node:fs';
import { FAULTS, standardFaults } from '../../chaos/index.ts';
import { tableOfDrawn, tableOfSchedule } from '../../chaos/schedule.ts';
import { BUILT_IN } from '../../sim/api/resources/index.ts';
import type { FaultWorld } from '../../chaos/types.ts';
import type { PodClaim } from '../claims/claim.ts';
import type { Operation, OperationOf } from '../operations/operation.ts';
import { NOW, type Moment } from '../moment.ts';
import { readFeature } from '../feature.ts';
import { parseStep } from './parse.ts';
import { LANGUAGE, renderStep } from './index.ts';
import { PARAMETERS } from './parameters.ts';
import { fillExpression, type Attachment, type Phrase } from './phrase.ts';
import { claimSentence, operationSentence } from './wording.ts';

const STEPS = new URL('../../../steps/', import.meta.url);

/** The literal expressions under steps/en and steps/ja, each with the keyword of its definition. */
function literals(): string[] {
  return ['en', 'ja']
    .flatMap((language) => readdirSync(new URL(language, STEPS)).map((name) => `${language}/${name}`))
    .flatMap((file) =>
      [
        ...readFileSync(new URL(file, STEPS), 'utf8').matchAll(
          /^(?:Given|When|Then)\(\s*'((?:[^'\\]|\\.)*)'/gm,
        ),
      ].map((m) => m[1]!.replace(/\\'/g, "'")),
    );
}

const name = fc.stringMatching(/^[a-z][a-z0-9-]{0,8}[a-z0-9]$/);
/** Any text a step can hold in quotes: backslashes belong to Cucumber's own escaping. */
const text = fc
  .string({ minLength: 0, maxLength: 20 })
  .filter((s) => !/[\\\n\r]/.test(s) && !(s.includes('"') && s.includes("'")));
const durationMs = fc.oneof(
  fc.integer({ min: 0, max: 10_000 }),
  fc.integer({ min: 0, max: 500 }).map((n) => n * 1000),
  fc.integer({ min: 1, max: 400 }).map((n) => n * 60_000),
);
const since = fc.option(name, { nil: undefined });
const during = fc
  .oneof(
    name.map((n) => ({ mode: 'now', since: n })),
    fc.record({ mode: fc.constantFrom('every', 'never', 'eventually', 'sometimes'), since }),
    fc.record({ mode: fc.constantFrom('within', 'for'), durationMs, since }),
  )
  .map(({ since: from, ...moment }) => (from === undefined ? moment : { ...moment, since: from }));
const words = (values: Record<string, unknown> | readonly string[]): fc.Arbitrary<unknown> =>
  fc.constantFrom(...(values as readonly string[]));

const mode = fc.oneof(
  fc.constantFrom('one', 'all', 'random'),
  fc.integer({ min: 2, max: 9 }).map(String),
  fc.integer({ min: 1, max: 100 }).map((n) => `${n}%`),
);
const label = fc.oneof(
  name.map((n) => `app=${n}`),
  fc.constant('tier in (a, b),!old'),
);
const nodeSet = fc.oneof(
  fc.record({ zone: name }),
  fc.record({ mode, nodeSelector: label }),
  fc.record({ mode }),
);
const nodes = fc.oneof(fc.record({ node: name }), nodeSet);
const pods = fc.oneof(
  fc.record({
    pod: fc.oneof(
      name,
      name.map((n) => `team/${n}`),
    ),
  }),
  fc.record({ mode, selector: label }),
);
const containers = fc
  .tuple(pods, fc.option(name, { nil: undefined }))
  .map(([p, container]) => (container === undefined ? p : { container, ...p }));
const workload = fc.record({
  kind: fc.constantFrom('Deployment', 'ReplicaSet', 'StatefulSet', 'DaemonSet', 'Job', 'Rollout'),
  name: fc.oneof(
    name,
    name.map((n) => `team/${n}`),
  ),
});
const lasting = fc.option(durationMs, { nil: undefined });

const moment = fc.oneof(
  fc.constant({ mode: 'now' }),
  name.map((n) => ({ mode: 'now', since: n })),
  during,
);
const count = fc.record({ bound: fc.constantFrom('exactly', 'at least', 'at most'), count: fc.nat(100) });
const answer = fc.oneof(
  fc.integer({ min: 100, max: 599 }),
  fc.constantFrom('refused', 'timed out', 'not resolved'),
);
const KINDS = [...[...BUILT_IN.all()].map((d) => d.kind), 'Certificate'];

const BY_TYPE: Record<string, fc.Arbitrary<unknown>> = {
  int: fc.integer({ min: 0, max: 500 }),
  float: fc.integer({ min: 0, max: 1000 }).map((n) => n / 10),
  string: text,
  selector: fc.oneof(
    name.map((n) => `app=${n}`),
    fc.constant('tier in (a, b),!old'),
  ),
  duration: durationMs,
  workload,
  workloadJa: workload,
  nodes,
  nodesJa: nodes,
  nodeSet,
  nodeSetJa: nodeSet,
  pods,
  podsJa: pods,
  containers,
  containersJa: containers,
  lasting,
  lastingJa: lasting,
  durationJa: durationMs,
  momentJa: moment,
  duringJa: during,
  countJa: count,
  timesJa: fc.nat(30),
  answerJa: answer,
  replicaStateJa: words(['available', 'ready', 'updated']),
  podStateJa: words(['ready', 'available', 'running', 'pending', 'failed', 'terminating', 'serving']),
  podIsJa: words(['ready', 'available', 'running', 'pending', 'failed', 'terminating', 'serving']),
  podConditionJa: words(['running', 'pending', 'ready', 'not ready', 'succeeded', 'failed', 'gone']),
  nodeStateJa: words(['ready', 'not ready', 'unknown']),
  topologyJa: words(['node', 'zone']),
  rolloutStateJa: words(['complete', 'progressing', 'stuck']),
  jobStateJa: words(['complete', 'failed', 'suspended', 'under way']),
  kindJa: words(KINDS),
  moment,
  during,
  count,
  times: fc.nat(30),
  answer,
  replicaState: words(['available', 'ready', 'updated']),
  podState: words(['ready', 'available', 'running', 'pending', 'failed', 'terminating', 'serving']),
  podCondition: words(['running', 'pending', 'ready', 'not ready', 'succeeded', 'failed', 'gone']),
  nodeState: words(['ready', 'not ready', 'unknown']),
  topology: words(['node', 'zone']),
  rolloutState: words(['complete', 'progressing', 'stuck']),
  jobState: words(['complete', 'failed', 'suspended', 'under way']),
  kind: words(KINDS),
};

const WORLD: FaultWorld = {
  nodes: ['node-1', 'node-2'],
  zones: ['zone-a', 'zone-b'],
  pods: ['app=web'],
  workloads: [{ kind: 'Deployment', name: 'web' }],
  budgets: ['web'],
  quotas: ['quota'],
  configMaps: ['conf'],
  secrets: ['password'],
  claims: ['data'],
  jobs: ['count'],
  cronJobs: ['nightly'],
  definitions: ['widgets.example.com'],
  webhooks: ['check.example.com'],
  apiServices: ['v1.shop.example.com'],
  accounts: ['robot'],
  bindings: ['robot-reads'],
  metrics: ['queue'],
  ingresses: ['web'],
  gateways: ['front'],
  policies: ['web'],
  nodeGroups: ['node'],
  controlPlane: ['node-1'],
};

/** Whether it is the phrase, or the same in Japanese. */
const isAlso = (phrase: Phrase, english: string): boolean =>
  [...LANGUAGE.operations.values()]
    .flat()
    .some(({ en, ja, jaToo }) => en.expression === english && [en, ja, ...jaToo].includes(phrase));

/** Attachments that mean something to the phrase that takes them. */
function attachmentFor(phrase: Phrase): fc.Arbitrary<Attachment> {
  if (isAlso(phrase, 'any {int} to {int} of these faults strike within {duration}:'))
    return fc
      .array(
        fc.constantFrom(...FAULTS).chain((f) => fc.oneof(fc.constant(f.kind), f.arbitrary(WORLD, fc)!)),
        { minLength: 1, maxLength: 4 },
      )
      .map((of) => tableOfDrawn(of));
  if (isAlso(phrase, 'these faults strike:')) {
    const row = fc
      .tuple(
        durationMs,
        fc.constantFrom(...FAULTS).chain((f) => f.arbitrary(WORLD, fc)!),
      )
      .map(([atMs, fault]) => ({ atMs, fault }));
    return fc.array(row, { minLength: 1, maxLength: 4 }).map(tableOfSchedule);
  }
  if (isAlso(phrase, 'fault {string} strikes:'))
    return fc.constant<Attachment>([
      ['target', '50% of nodes matching pool=blue'],
      ['for', '90 seconds'],
    ]);
  if (isAlso(phrase, 'node group {string} of {int} to {int} node(s):'))
    return fc.constant<Attachment>([
      ['cpu', 'labels'],
      ['4', 'disk=ssd'],
    ]);
  if (phrase.attachment === 'table') {
    return fc
      .uniqueArray(name, { minLength: 1, maxLength: 4 })
      .chain((names) =>
        fc.constantFrom<Attachment>(
          [['name'], ...names.map((n) => [n])],
          [['name', 'zone', 'taints'], ...names.map((n) => [n, 'zone-b', 'a=b:NoSchedule'])],
        ),
      );
  }
  return isAlso(phrase, 'I run:')
    ? fc
        .array(
          name.map((n) => `kubectl get pod ${n}`),
          { minLength: 2, maxLength: 4 },
        )
        .map((l) => l.join('\n'))
    : fc.constantFrom('a: b\nc:\n  - d', 'NAME   READY\nweb    1/1');
}

const argsFor = (phrase: Phrase): fc.Arbitrary<unknown[]> => {
  const types = [...phrase.expression.matchAll(/\{(\w+)\}/g)].map((m) => m[1]!);
  // This one's text names a fault of the catalogue; that no phrase of its own says it so is for the
  // parameters to see to.
  if (isAlso(phrase, 'fault {string} strikes:'))
    return fc.tuple(fc.constant('NodePowerLoss'), attachmentFor(phrase));
  return fc.tuple(
    ...types.map((t) => BY_TYPE[t]!),
    ...(phrase.attachment === undefined ? [] : [attachmentFor(phrase)]),
  );
};

describe('phrases', () => {
  it('stand as literals in steps, and nothing else does', () => {
    expect(literals().sort()).toEqual([...new Set(LANGUAGE.phrases.map((p) => p.expression))].sort());
  });

  it('take the order of places from each language, and refuse a place that only one has', () => {
    const { en, ja } = operationSentence<OperationOf<'scale'>>(
      'scale',
      'When',
      { en: '{workload} to {int:replicas}', ja: '{replicas}個に{workload}' },
      standardFaults,
    );
    expect([en.expression, ja.expression]).toEqual(['{workload} to {int}', '{int}個に{workloadJa}']);
    const web = { kind: 'Deployment', name: 'web' };
    expect(ja.build(...([2, web] as never[]))).toEqual(en.build(...([web, 2] as never[])));
    expect(() =>
      operationSentence<OperationOf<'pass'>>(
        'pass',
        'When',
        { en: '{duration:durationMs}', ja: '{other}' },
        standardFaults,
      ),
    ).toThrow('has a place {other}');
  });

  it('say exactly the fields that an operation or claim has', () => {
    const { en: named } = claimSentence<PodClaim>('pod', {
      en: 'pod {string:pod} is up',
      ja: '{pod}',
      fixed: { is: 'running' },
    });
    const said = (claim: PodClaim, moment: Moment = NOW): unknown =>
      named.args({ op: 'assert', moment, claim });
    expect(said({ claim: 'pod', pod: 'web', is: 'running' })).toEqual(['web']);
    expect(said({ claim: 'pod', pod: 'web', is: 'ready' })).toBeUndefined();
    expect(said({ claim: 'pod', pod: 'web' })).toBeUndefined();
    expect(said({ claim: 'pod', pod: 'web', is: 'running', on: 'node-1' })).toBeUndefined();
    // Without a place for the moment it speaks of now, of nothing else.
    expect(said({ claim: 'pod', pod: 'web', is: 'running' }, { mode: 'every' })).toBeUndefined();
    expect(said({ claim: 'pod', pod: 'web', is: 'running' }, { mode: 'now', since: 'x' })).toBeUndefined();
  });

  it('say a fault without an end by no sentence that wants one', () => {
    const scaled: OperationOf<'fault'> = {
      op: 'fault',
      fault: { kind: 'Scale', workload: { kind: 'Deployment', name: 'web' }, replicas: 1 },
    };
    for (const language of ['en', 'ja'] as const) {
      expect(LANGUAGE.render(scaled, language).table).toContainEqual(['replicas', '1']);
      const ending: Operation = { op: 'fault', fault: { ...scaled.fault, forMs: 60_000 } };
      expect(LANGUAGE.render(ending, language).table).toBeUndefined();
    }
  });

  it('know an arbitrary for every parameter type', () => {
    for (const { name: type } of Object.values(PARAMETERS)) expect(BY_TYPE).toHaveProperty(type);
  });

  it.each(LANGUAGE.phrases.map((p) => [p.expression, p] as const))(
    '%s: rendering is the inverse of building',
    (_, phrase) => {
      fc.assert(
        fc.property(argsFor(phrase), (args) => {
          const operation = (phrase.build as (...a: unknown[]) => never)(...args);
          const step = LANGUAGE.render(operation);
          expect(parseStep(step.keyword, step.text, step.docString ?? step.table)).toEqual(operation);
          // What was written is read the same way as what is rendered.
          const written = fillExpression(
            phrase.expression,
            phrase.attachment === undefined ? args : args.slice(0, -1),
          );
          expect(
            parseStep(
              phrase.keyword,
              written,
              phrase.attachment === undefined ? undefined : (args[args.length - 1] as Attachment),
            ),
          ).toEqual(operation);
        }),
        { numRuns: 30 },
      );
    },
  );

  it('are understood in either order where Japanese has two, and printed in the usual one', () => {
    const read = (text: string): unknown => parseStep('Then', text);
    const counted = read('"app=web"に一致する実行中のPodが2個以上である');
    expect(counted).toEqual(read('at least 2 pods matching "app=web" are running'));
    expect(read('"app=web"に一致するPodのうち少なくとも2個が実行中である')).toEqual(counted);
    const printed = (text: string): string => LANGUAGE.render(read(text) as Operation, 'ja').text;
    expect(printed('at least 2 pods matching "app=web" are ready')).toBe(
      '"app=web"に一致するPodのうち少なくとも2個の準備が完了している',
    );
    expect(printed('exactly 0 pods matching "app=web" are running')).toBe(
      '"app=web"に一致する実行中のPodがちょうど0個である',
    );
    for (const [one, other] of [
      ['1個の"app=web"に一致するPodを削除する', '"app=web"に一致する1個のPodを削除する'],
      [
        'すべての"disk=ssd"に一致するノードの電源が落ちる',
        '"disk=ssd"に一致するすべてのノードの電源が落ちる',
      ],
      [
        '50%の"app=web"に一致するPodのコンテナがクラッシュする',
        '"app=web"に一致する50%のPodのコンテナがクラッシュする',
      ],
    ] as const)
      expect(parseStep('When', one)).toEqual(parseStep('When', other));
  });

  // The history holds an operation as it is, and its hash the order of its fields.
  it.each(LANGUAGE.phrases.filter((p) => p.keyword !== 'Then').map((p) => [p.expression, p] as const))(
    '%s: is the same to the byte, however and in whichever language it is said',
    (_, phrase) => {
      fc.assert(
        fc.property(argsFor(phrase), fc.constantFrom('en' as const, 'ja' as const), (args, language) => {
          const operation = (phrase.build as (...a: unknown[]) => Operation)(...args);
          const step = LANGUAGE.render(operation, language);
          const read = parseStep(step.keyword, step.text, step.docString ?? step.table);
          expect(JSON.stringify(read)).toBe(JSON.stringify(operation));
        }),
        { numRuns: 10 },
      );
    },
  );

  it.each(LANGUAGE.phrases.filter((p) => p.keyword !== 'Then').map((p) => [p.expression, p] as const))(
    '%s: what is smaller is said as well, and is another operation',
    (_, phrase) => {
      fc.assert(
        fc.property(argsFor(phrase), (args) => {
          const operation = (phrase.build as (...a: unknown[]) => Operation)(...args);
          const { shrink } = LANGUAGE.familyOf(operation);
          for (const smaller of [
            ...(shrink?.weaker?.(operation) ?? []),
            ...(shrink?.smallerWorld?.(operation) ?? []),
          ]) {
            expect(smaller).not.toEqual(operation);
            expect(LANGUAGE.sizeOf(smaller)).toBeLessThanOrEqual(LANGUAGE.sizeOf(operation));
            const step = LANGUAGE.render(smaller);
            expect(parseStep(step.keyword, step.text, step.docString ?? step.table)).toEqual(smaller);
          }
        }),
        { numRuns: 10 },
      );
    },
  );

  it.each([
    ['When', '1 minute passes', { op: 'pass', durationMs: 60_000 }],
    ['When', '1h30m passes', { op: 'pass', durationMs: 5_400_000 }],
    ['When', '250ms pass', { op: 'pass', durationMs: 250 }],
    [
      'When',
      '2 nodes matching "pool=blue" lose power for 5m',
      { op: 'fault', fault: { kind: 'NodePowerLoss', mode: '2', nodeSelector: 'pool=blue', forMs: 300_000 } },
    ],
    [
      'When',
      '1時間30分間、ゾーン"zone-a"の電源が落ちる',
      { op: 'fault', fault: { kind: 'NodePowerLoss', zone: 'zone-a', forMs: 5_400_000 } },
    ],
    [
      'When',
      '1時間、"pool=blue"に一致する2台のノードの電源が落ちる',
      {
        op: 'fault',
        fault: { kind: 'NodePowerLoss', mode: '2', nodeSelector: 'pool=blue', forMs: 3_600_000 },
      },
    ],
    [
      'When',
      'a container of every pod matching "app=web" crashes',
      { op: 'fault', fault: { kind: 'ContainerCrash', mode: 'all', selector: 'app=web' } },
    ],
    ['When', 'node "n" is cordoned', { op: 'fault', fault: { kind: 'NodeCordon', node: 'n' } }],
    [
      'Then',
      'node "n" is cordoned',
      { op: 'assert', moment: { mode: 'now' }, claim: { claim: 'node', node: 'n', is: 'cordoned' } },
    ],
    [
      'Then',
      'at every moment at least 1 pod matching "a=b" was available',
      {
        op: 'assert',
        moment: { mode: 'every' },
        claim: { claim: 'pods', count: { bound: 'at least', count: 1 }, selector: 'a=b', state: 'available' },
      },
    ],
    [
      'Then',
      '2 pods matching "a=b" are running',
      {
        op: 'assert',
        moment: { mode: 'now' },
        claim: { claim: 'pods', count: { bound: 'exactly', count: 2 }, selector: 'a=b', state: 'running' },
      },
    ],
    [
      'Then',
      'within 15 seconds container "c" of pod "p" has restarted once',
      {
        op: 'assert',
        moment: { mode: 'within', durationMs: 15_000 },
        claim: { claim: 'container', container: 'c', pod: 'p', restarts: 1 },
      },
    ],
    [
      'Then',
      'a request to "http://p/" answers 200 within 20 seconds',
      {
        op: 'assert',
        moment: { mode: 'within', durationMs: 20_000 },
        claim: { claim: 'request', to: 'http://p/', answer: 200 },
      },
    ],
    [
      'Then',
      'since "x" no request failed',
      { op: 'assert', moment: { mode: 'now', since: 'x' }, claim: { claim: 'traffic', atMostFailed: 0 } },
    ],
  ] as const)('%s %s', (keyword, line, operation) => {
    expect(parseStep(keyword, line)).toEqual(operation);
  });

  it('prints a step as a feature holds it', () => {
    expect(
      renderStep(LANGUAGE.render({ op: 'clusterOf', nodes: [{ name: 'a', cpu: '4' }, { name: 'b' }] })),
    ).toBe('    Given a cluster with nodes:\n      | name | cpu |\n      | a | 4 |\n      | b |  |');
    expect(renderStep(LANGUAGE.render({ op: 'manifest', text: 'kind: Pod' }))).toBe(
      '    Given the manifest:\n      """\n      kind: Pod\n      """',
    );
  });

  it('prints any doc string so that it is read again as it was', () => {
    const line = fc
      .array(
        fc.constantFrom(
          '"""',
          '"',
          '```',
          '`',
          '\\',
          '\\"\\"\\"',
          ' ',
          '  ',
          '\t',
          '\u00a0',
          'kind: Pod',
          '#',
          '|',
          '@',
          '日',
        ),
        { maxLength: 5 },
      )
      .map((parts) => parts.join(''));
    const any = fc.oneof(
      fc.array(line, { maxLength: 6 }).map((lines) => lines.join('\n')),
      fc.string({ unit: 'binary' }),
    );
    fc.assert(
      fc.property(any, (docString) => {
        fc.pre(!/\r(\n|$)/.test(docString));
        fc.pre(!(docString.includes('\\"\\"\\"') && docString.includes('\\`\\`\\`')));
        const step = LANGUAGE.render({ op: 'manifest', text: docString });
        const feature = `Feature: f\n\n  Scenario: s\n${renderStep(step)}\n    When 1 minute passes\n`;
        const [read] = readFeature(feature, 'f.feature');
        expect(read!.operations.map((o) => o.operation)).toEqual([
          { op: 'manifest', text: docString },
          { op: 'pass', durationMs: 60_000 },
        ]);
      }),
      { numRuns: 500 },
    );
  });
});

describe('the editor', () => {
  it('is told the parameter types as they are', () => {
    const settings = JSON.parse(
      readFileSync(new URL('../../../.vscode/settings.json', import.meta.url), 'utf8'),
    ) as Record<string, unknown>;
    expect(settings['cucumber.glue']).toEqual(['steps/**/*.ts']);
    expect(settings['cucumber.parameterTypes']).toEqual(
      Object.values(PARAMETERS).map((p) => ({ name: p.name, regexp: p.pattern })),
    );
  });
});
