import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { simulate } from '../drivers/simulated.ts';
import { filesOf } from '../dsl/filesof.ts';
import { standardKit } from '../dsl/kit.ts';
import type { Operation } from '../dsl/operations/operation.ts';
import { readStep } from '../dsl/scenario.ts';
import { LANGUAGES, say, type Language } from '../messages/index.ts';
import { visibleIn } from '../messages/visible.ts';
import { pageWords } from '../view/words/page.ts';
import { AllureResults, categoriesOf } from './allure.ts';
import { lanesSvg } from './lanesvg.tsx';
import type { PlayRecord, Problem, RunRecord, ScenarioRecord } from './record.ts';
import { recordPlay } from './recorder.ts';

const POD = `apiVersion: v1
kind: Pod
metadata: {name: web}
spec: {containers: [{name: web, image: nginx, ports: [{containerPort: 80}]}]}`;

/** Wherever the Pod is, its node loses power. */
const OPERATIONS: readonly Operation[] = [
  readStep('Given a cluster with 2 nodes').operation,
  readStep('Given the manifest:', POD).operation,
  readStep('Given every pod is ready').operation,
  readStep('When node "node-1" loses power').operation,
  readStep('When node "node-2" loses power').operation,
  readStep('When 2 minutes pass').operation,
  readStep('Then pod "web" is ready').operation,
];

let folder = '';
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'seatrial-allure-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

interface Written {
  readonly name: string;
  readonly status: string;
  readonly statusDetails: { readonly message?: string; readonly trace?: string };
  readonly attachments: readonly { readonly name: string; readonly source: string; readonly type: string }[];
  readonly steps: readonly Written[];
}

/** A run of scenarios that are named for what they show. */
function written(
  scenarios: Readonly<Record<string, Partial<ScenarioRecord>>>,
  language: Language,
): readonly Written[] {
  const run = {
    version: 1,
    seatrial: '1',
    startedAtMs: 0,
    tookMs: 1,
    result: 'passed',
    unreadable: [],
    features: [
      {
        uri: 'shop/web.feature',
        language,
        keyword: 'Feature',
        name: 'shop',
        description: '',
        line: 1,
        scenarios: Object.entries(scenarios).map(([name, of], i) => ({
          id: `shop/web.feature:${i}`,
          name,
          description: '',
          line: i,
          tags: [],
          startedAtMs: 0,
          tookMs: 1,
          steps: [],
          seeds: [],
          attachments: [],
          result: 'passed',
          ...of,
        })),
      },
    ],
  } as unknown as RunRecord;
  const allure = new AllureResults(folder, lanesSvg);
  allure.runBegan();
  allure.runEnded(run);
  return readdirSync(folder)
    .filter((f) => f.endsWith('-result.json'))
    .map((f) => JSON.parse(readFileSync(join(folder, f), 'utf8')) as Written);
}

/** The categories that Allure puts a result into: both texts must be there, and fit from end to end. */
function categoriesIn({ status, statusDetails: { message, trace } }: Written): string[] {
  const found = JSON.parse(readFileSync(join(folder, 'categories.json'), 'utf8')) as ReturnType<
    typeof categoriesOf
  >;
  const fits = (regex: string | RegExp | undefined, text: string | undefined): boolean =>
    regex === undefined || (text !== undefined && new RegExp(`^(?:${String(regex)})$`, 's').test(text));
  return found
    .filter(
      (c) =>
        c.matchedStatuses?.some((s) => s === status) === true &&
        fits(c.messageRegex, message) &&
        fits(c.traceRegex, trace),
    )
    .map((c) => c.name!);
}

describe('categories', () => {
  const broken = (problem: Problem): Partial<ScenarioRecord> => ({
    problem,
    result: problem.kind === 'claim' ? 'failed' : problem.kind === 'input' ? 'invalid' : 'defect',
  });
  const found = (language: Language): string =>
    say('foundBroken', { name: 'budget-honoured', message: 'two are gone' }, language);

  it.each(LANGUAGES)('hold each result that is bad once (%s)', (language) => {
    const [invariant, claim, defect, input] = categoriesOf(language).map((c) => c.name!);
    const results = written(
      {
        passed: {},
        claim: broken({ kind: 'claim', message: 'pod "web" is ready\n\nfound: it is not' }),
        ...Object.fromEntries(
          LANGUAGES.map((l) => [
            `invariant ${l}`,
            broken({ kind: 'claim', message: `all hold\n\n${found(l)}` }),
          ]),
        ),
        input: broken({ kind: 'input', message: 'kubectl get pod nobody: exit code 1\nlook at it' }),
        defect: broken({
          kind: 'defect',
          message: 'x is undefined',
          stack: 'TypeError: x is undefined\n    at play (src/dsl/interpreter.ts:1:1)',
        }),
      },
      language,
    );
    expect(Object.fromEntries(results.map((r) => [r.name, categoriesIn(r)]))).toEqual({
      passed: [],
      claim: [claim],
      'invariant en': [invariant],
      'invariant ja': [invariant],
      input: [input],
      defect: [defect],
    });
  });
});

it('writes nothing that turns the order of what is read, or commands a terminal', () => {
  const hostile = '<b>\u202eturned\u202c \u001b[31mred';
  written(
    {
      [hostile]: {
        problem: { kind: 'claim', message: hostile },
        result: 'failed',
        attachments: [{ mediaType: 'text/plain', name: hostile, body: hostile }],
      },
    },
    'en',
  );
  for (const file of readdirSync(folder)) {
    const text = readFileSync(join(folder, file), 'utf8');
    expect(visibleIn([text, file.endsWith('.json') ? JSON.parse(text) : ''])).toEqual([
      text,
      file.endsWith('.json') ? JSON.parse(text) : '',
    ]);
  }
  expect(readdirSync(folder).filter((f) => f.endsWith('-attachment.txt'))).toHaveLength(1);
});

describe('what was recorded with everything', () => {
  const play: PlayRecord = recordPlay(
    OPERATIONS,
    { seed: '1', files: filesOf({}), kit: standardKit, createDriver: simulate },
    'everything',
  );
  const steps = play.operations.map(({ text, problem, from, to }, i) => ({
    keyword: 'Given ',
    text,
    line: i,
    startedAtMs: 0,
    tookMs: 0,
    time: { from, to },
    operation: i,
    attachments: [],
    status: 'played' as const,
    ...(problem === undefined ? {} : { problem }),
    result: problem === undefined ? ('passed' as const) : ('failed' as const),
  }));
  const body = (of: Written, name: string): string =>
    readFileSync(join(folder, of.attachments.find((a) => a.name === name)!.source), 'utf8');

  it('has its lanes as a picture that is told apart without colours, in either language', () => {
    for (const language of LANGUAGES) {
      const words = pageWords(language);
      const [result] = written({ outage: { play, steps, result: 'failed' } }, language);
      const { name, type } = result!.attachments[0]!;
      expect([name, type]).toEqual([language === 'en' ? 'Lanes.svg' : 'レーン.svg', 'image/svg+xml']);
      const svg = body(result!, name);
      expect(svg.match(/<svg[^>]*>/g)).toEqual([
        expect.stringContaining('xmlns="http://www.w3.org/2000/svg"'),
      ]);
      expect(svg).toContain(`<text x="0" y="28" class="label">${words.faults}</text>`);
      for (const said of [words.lanesAbout, words.states.off, words.moments.struck, words.moments.broke])
        expect(svg).toContain(`>${said}</text>`);
      expect(svg).toMatch(/class="state off"><\/rect><rect [^>]*fill="url\(#hatch-crossed\)"/);
      expect(svg).toContain('class="letter">X</text>');
      for (const [, hatch] of svg.matchAll(/url\(#([\w-]+)\)/g)) expect(svg).toContain(`id="${hatch}"`);
      expect(svg).not.toMatch(/<script|<foreignObject|\son\w+=|href=/);
    }
  });

  it('tells the causes of a claim that is broken, at its step', () => {
    const [en] = written({ outage: { play, steps, result: 'failed' } }, 'en');
    const last = en!.steps[en!.steps.length - 1]!;
    const lines = body(last, 'Causes.txt').trimEnd().split('\n');
    expect(lines[0]).toMatch(/^ *0:00:5\d\.\d {2}pod web is on a node that has been silent for \d+ s/);
    expect(lines[lines.length - 1]).toMatch(
      /^ *0:00:0\d\.\d {2}The scenario says: “When node "node-\d" loses power”\.$/,
    );
    const [ja] = written({ outage: { play, steps, result: 'failed' } }, 'ja');
    expect(body(ja!.steps[ja!.steps.length - 1]!, '原因.txt')).toContain('シナリオのステップ');
  });
});
