import { standardKit } from '../dsl/kit.ts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Operation } from '../dsl/operations/operation.ts';
import { parseStep } from '../dsl/phrases/parse.ts';
import { standardFaults } from '../chaos/index.ts';
import { concrete, draw } from '../explore/draw.ts';
import { worldOf } from '../explore/targets.ts';
import { vocabularyOf } from '../dsl/phrases/vocabulary.ts';
import { simulate } from '../drivers/simulated.ts';
import type { Detail, PlayRecord } from './record.ts';
import { recordPlay } from './recorder.ts';

const WEB = `apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  replicas: 2
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec: {containers: [{name: web, image: nginx, ports: [{containerPort: 80}]}]}`;
const steps: [keyword: 'Given' | 'When' | 'Then', text: string, attachment?: string][] = [
  ['Given', 'any cluster of 1 to 3 nodes'],
  ['Given', 'the manifest:', WEB],
  ['Given', 'every pod is ready'],
  ['Given', 'the moment "before"'],
  ['When', 'any 1 to 3 faults strike within 3 minutes'],
];
const CLAIMS = [
  'at every moment at least 2 pods matching "app=web" are ready',
  'within 1 minute exactly 2 pods matching "app=web" are serving',
  'since "before" exactly 2 pods matching "app=web" were running',
  'all invariants hold',
];

const say = (keyword: 'Given' | 'When' | 'Then', text: string, attachment?: string): Operation => {
  const operation = parseStep(keyword, text, attachment);
  if (operation === undefined) throw new Error(`no phrase: ${text}`);
  return operation;
};
const SCENE = steps.map(([keyword, text, attachment]) => say(keyword, text, attachment));

const record = (operations: readonly Operation[], seed: string, detail: Detail): PlayRecord =>
  recordPlay(
    operations,
    {
      seed,
      files: { readFile: () => '' },
      kit: standardKit,
      createDriver: simulate,
      missed: () => undefined,
    },
    detail,
  );

/** What must be so of every play, whatever was played. */
function consistent(play: PlayRecord): void {
  const ids = play.entries.map((e) => e.id);
  const known = new Set(ids);
  expect(ids).toEqual([...ids].sort((a, b) => a - b));
  for (const e of play.entries) {
    expect(e.cause).toBeLessThan(e.id);
    expect(e.cause === 0 || known.has(e.cause)).toBe(true);
  }
  let until = Number.NEGATIVE_INFINITY;
  for (const { from, to, entries, verdict, problem } of play.operations) {
    expect(from).toBeGreaterThanOrEqual(until);
    expect(to).toBeGreaterThanOrEqual(from);
    until = to;
    if (entries !== undefined) expect(entries[0]).toBeLessThanOrEqual(entries[1]);
    if (verdict === undefined) continue;
    expect(verdict.holds).toBe(problem === undefined);
    expect(verdict.at).toBeLessThanOrEqual(to);
    if (verdict.entry === undefined) continue;
    expect(verdict.causes[0]).toBe(verdict.entry);
    for (const id of verdict.causes) expect(known.has(id)).toBe(true);
  }
  expect(play.endedAt).toBe(until);
  for (const { entry } of Object.values(play.marks)) expect(entry).toBeLessThanOrEqual(play.entryCount);
}

describe('the record of a play', () => {
  it('is plain JSON and consistent, whatever strikes; recording all of it changes nothing of the run', () => {
    const world = worldOf(SCENE, standardKit);
    let failed = 0;
    fc.assert(
      fc.property(draw(SCENE, world, standardFaults), fc.constantFrom(...CLAIMS), (drawn, claim) => {
        const { seed, operations } = concrete(
          [...SCENE, say('Then', claim)],
          drawn,
          1,
          vocabularyOf(standardKit),
        );
        const all = record(operations, seed, 'everything');
        const some = record(operations, seed, 'verdicts');
        expect(JSON.parse(JSON.stringify(all))).toEqual(all);
        consistent(all);
        consistent(some);
        expect(all.entries).toHaveLength(all.entryCount);
        expect(some.operations).toEqual(all.operations);
        expect(all.entries).toEqual(expect.arrayContaining(some.entries as never[]));
        if (all.operations.some((o) => o.verdict?.holds === false)) failed += 1;
      }),
      { numRuns: 40 },
    );
    // Otherwise no chain of causes was looked at.
    expect(failed).toBeGreaterThan(5);
  });

  it('tells what is so beside what the API says: a machine without power is Ready until it is missed', () => {
    const play = record(
      [
        say('Given', 'a cluster with 2 nodes'),
        say('Given', 'the manifest:', WEB),
        say('Given', 'every pod is ready'),
        say('When', 'node "node-1" loses power'),
        say('When', '2 minutes pass'),
      ],
      '1',
      'everything',
    );
    const lost = play.operations[3]!.from;
    const node = play.truths.flatMap((t) =>
      t.of === 'node' && t.name === 'node-1' && t.at >= lost ? [t] : [],
    );
    expect(node.map(({ power, api }) => [power, api])).toEqual([
      ['off', 'ready'],
      ['off', 'unknown'],
    ]);
    expect(node[1]!.at - node[0]!.at).toBeGreaterThan(30_000);
    const pods = play.truths.flatMap((t) =>
      t.of === 'pod' && t.node === 'node-1' && t.at >= lost ? [t] : [],
    );
    expect(pods[0]).toMatchObject({ at: lost, serving: false, running: 0, api: { ready: true } });
    expect(pods[1]).toMatchObject({ serving: false, api: { ready: false } });
  });

  it('says which images nobody described', () => {
    const play = record(
      [
        say('Given', 'a cluster with 1 node'),
        say('Given', 'the manifest:', WEB.replace('image: nginx', 'image: example.com/shop:1.2')),
        say('Given', 'every pod is ready'),
      ],
      '1',
      'verdicts',
    );
    expect(play.given).toEqual([{ given: 'image', name: 'example.com/shop:1.2', ports: [80], ends: false }]);
  });
});
