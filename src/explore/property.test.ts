import { standardKit } from '../dsl/kit.ts';
import { vocabularyOf } from '../dsl/phrases/vocabulary.ts';
import { simulate } from '../drivers/simulated.ts';
import { describe, expect, it } from 'vitest';
import { ClaimError, InputError, inputErrorOf } from '../dsl/errors.ts';
import { play } from '../dsl/interpreter.ts';
import type { Operation } from '../dsl/operations/operation.ts';
import { readFeature, type FeatureScenario } from '../dsl/feature.ts';
import { parseStep } from '../dsl/phrases/parse.ts';
import { createSession } from '../dsl/session.ts';
import type { Language } from '../messages/index.ts';
import { checkProperty, type PropertyOptions } from './property.ts';
import { shrink } from './shrink.ts';

const WEB = `apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  replicas: 2
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec: {containers: [{name: web, image: nginx, ports: [{containerPort: 80}]}]}`;

const say = (
  keyword: 'Given' | 'When' | 'Then',
  text: string,
  attachment?: string | string[][],
): Operation => {
  const operation = parseStep(keyword, text, attachment);
  if (operation === undefined) throw new Error(`no phrase: ${text}`);
  return operation;
};
const scenario = (when: string, then: string): Operation[] => [
  say('Given', 'any cluster of 2 to 4 nodes'),
  say('Given', 'the manifest:', WEB),
  say('Given', 'every pod is ready'),
  say('When', when),
  say('Then', then),
];
const options = {
  files: { readFile: () => '', list: () => undefined },
  kit: standardKit,
  createDriver: simulate,
};

function check(
  operations: readonly Operation[],
  more: Partial<PropertyOptions> & { seed?: string; language?: Language } = {},
): { error: unknown; feature: string } {
  let feature = '';
  const session = createSession({
    seed: more.seed ?? '1',
    language: more.language ?? 'en',
    ...options,
    property: (all, inner) =>
      checkProperty(all, inner, {
        runs: 50,
        name: 'p',
        save: (f) => {
          feature = f;
          return 'x.feature';
        },
        ...more,
      }),
  });
  try {
    for (const o of operations) play(session, o);
    return { error: undefined, feature };
  } catch (error) {
    return { error, feature };
  }
}

/** The scenario of a counterexample, played as it stands. */
function replayFeature(feature: string): void {
  const [{ operations, tags }] = readFeature(feature, 'x.feature') as [FeatureScenario];
  const session = createSession({ seed: tags.find((t) => t.startsWith('@seed:'))!.slice(6), ...options });
  for (const { operation } of operations) play(session, operation);
}

describe('a property scenario', () => {
  it('passes when no draw breaks the claim', () => {
    expect(
      check(
        scenario(
          'any 1 to 3 faults strike within 2 minutes',
          'at every moment at most 9 pods matching "app=web" were running',
        ),
      ).error,
    ).toBeUndefined();
  });

  it('tells the smallest scenario that breaks it, which breaks it by itself', () => {
    const { error, feature } = check(
      scenario(
        'any 1 to 5 faults strike within 5 minutes',
        'at every moment at least 2 pods matching "app=web" were ready',
      ),
    );
    expect(error).toBeInstanceOf(ClaimError);
    const [{ operations }] = readFeature(feature, 'x.feature') as [FeatureScenario];
    expect(
      operations.flatMap(({ operation: o }) =>
        o.op === 'faults' ? o.strikes.map((x) => x.fault) : o.op === 'fault' ? [o.fault] : [],
      ),
    ).toHaveLength(1);
    expect(() => replayFeature(feature)).toThrow(ClaimError);
  });

  it('keeps no fault that meets nobody', () => {
    const service =
      'apiVersion: v1\nkind: Service\nmetadata: {name: web}\n' +
      'spec: {selector: {app: web}, ports: [{port: 80}]}';
    const { feature } = check(
      [
        say('Given', 'a cluster with 2 nodes'),
        say('Given', 'the manifest:', `${WEB}\n---\n${service}`),
        say('Given', 'every pod is ready'),
        say('When', 'any 1 to 3 faults strike within 5 minutes'),
        say('Then', 'at every moment at least 2 pods matching "app=web" were serving'),
      ],
      { runs: 20 },
    );
    expect(() => replayFeature(feature)).toThrow(ClaimError);
  });

  it('tells it in the language of the feature', () => {
    const of = scenario(
      'any 1 to 5 faults strike within 5 minutes',
      'at every moment at least 2 pods matching "app=web" were ready',
    );
    const { error, feature } = check(of, { language: 'ja' });
    const [{ operations, language }] = readFeature(feature, 'x.feature') as [FeatureScenario];
    expect(language).toBe('ja');
    const english = check(of).feature;
    const [inEnglish] = readFeature(english, 'x.feature') as [FeatureScenario];
    expect(operations.map((o) => o.operation)).toEqual(inEnglish.operations.map((o) => o.operation));
    expect((error as Error).message).not.toMatch(/Found by|Saved as|Then |Given /);
    expect(() => replayFeature(feature)).toThrow(ClaimError);
  });

  it('finds the same with the same seed', () => {
    const once = check(
      scenario(
        'any 1 to 4 faults strike within 5 minutes',
        'at every moment at least 2 pods matching "app=web" were ready',
      ),
      { seed: '7' },
    );
    const again = check(
      scenario(
        'any 1 to 4 faults strike within 5 minutes',
        'at every moment at least 2 pods matching "app=web" were ready',
      ),
      { seed: '7' },
    );
    expect(again.feature).toBe(once.feature);
    expect(once.feature).not.toBe('');
  });

  it('says what a campaign never reached', () => {
    const when = 'any 1 to 3 of these faults strike within 1 minute:';
    const reach = (claim: string): Operation[] => [
      ...scenario('any 1 to 2 faults strike within 1 minute', claim).map((o, i) =>
        i === 3 ? say('When', when, [['fault'], ['PodDelete']]) : o,
      ),
    ];
    expect(check(reach('sometimes exactly 1 pod matching "app=web" was terminating')).error).toBeUndefined();
    const { error } = check(reach('sometimes node "node-1" was not ready'), { runs: 10 });
    expect(error).toBeInstanceOf(ClaimError);
    expect((error as Error).message).toMatch(/^It was never reached in 10 draws/);
  });

  it('says what makes no sense', () => {
    expect(
      check(scenario('any 3 to 1 faults strike within 5 minutes', 'all invariants hold')).error,
    ).toBeInstanceOf(InputError);
    const unknown = [...scenario('any 1 to 2 faults strike within 1 minute', 'all invariants hold')];
    unknown[3] = say('When', 'any 1 to 2 of these faults strike within 1 minute:', [
      ['fault'],
      ['Earthquake'],
    ]);
    expect(inputErrorOf(check(unknown).error)?.message).toMatch(
      /there is no fault "Earthquake"; `seatrial faults` lists/,
    );
  });
});

describe('shrinking operations', () => {
  const fault = (node: string, forMs?: number): Operation => ({
    op: 'fault',
    fault: { kind: 'NodePowerLoss', node, ...(forMs === undefined ? {} : { forMs }) },
  });
  const pass = (durationMs: number): Operation => ({ op: 'pass', durationMs });

  it('ends where nothing can be taken away', () => {
    const fails = (ops: readonly Operation[]): boolean => {
      const nodes = ops.flatMap((o) => (o.op === 'fault' ? [o.fault.node] : []));
      return nodes.includes('node-2') && nodes.includes('node-3');
    };
    const start: Operation[] = [
      { op: 'cluster', nodes: 5 },
      fault('node-1'),
      pass(90_000),
      fault('node-2', 600_000),
      pass(7000),
      fault('node-3'),
      fault('node-1'),
    ];
    expect(
      shrink({ seed: '1', operations: start }, (c) => fails(c.operations), vocabularyOf(standardKit))
        .operations,
    ).toEqual([{ op: 'cluster', nodes: 1 }, fault('node-2', 1000), fault('node-3')]);
  });
});

describe('a property that proves nothing', () => {
  const warnings = (then: string): readonly unknown[] => {
    const session = createSession({
      seed: '1',
      ...options,
      property: (all, inner) => checkProperty(all, inner, { runs: 5, name: 'p' }),
    });
    for (const o of scenario('any 1 to 2 voluntary disruptions strike within 5 minutes', then))
      play(session, o);
    return session.warnings;
  };

  it('is told where every draw warns of it', () => {
    expect(warnings('at no moment at least 1 pod matching "app=wbe" was failed')).toEqual([
      expect.objectContaining({
        key: 'selectorMetNothing',
        args: { selector: 'app=wbe', nearest: 'app=web' },
        operation: 4,
      }),
    ]);
    expect(warnings('at no moment at least 9 pods matching "app=web" were ready')).toEqual([]);
  });

  it('is not where some draw met what it speaks of', () => {
    expect(warnings('at no moment node "node-4" was unknown')).toEqual([]);
  });
});

describe('what a claim is about', () => {
  it('is in the smallest scenario, too, wherever it was made', () => {
    const { error, feature } = check(
      [
        say('Given', 'any cluster of 1 to 2 nodes'),
        say('When', 'I run "kubectl create deployment web --image=nginx --replicas=2"'),
        say('When', 'any 1 to 2 faults strike within 1 minute'),
        say('Then', 'within 5 minutes deployment "web" has 3 of 3 replicas available'),
      ],
      { runs: 20 },
    );
    expect(error).toBeInstanceOf(ClaimError);
    expect(feature).toContain('kubectl create deployment web');
    expect(feature).not.toContain('strike');
  });
});
