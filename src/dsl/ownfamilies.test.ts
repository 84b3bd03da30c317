import { expect, it } from 'vitest';
import { defineFault } from '../chaos/define.ts';
import { say } from '../chaos/phrase.ts';
import { simulate } from '../drivers/simulated.ts';
import { featureOf } from '../explore/counterexample.ts';
import type { ClaimFamily } from './claims/types.ts';
import { ClaimError, InputError } from './errors.ts';
import { readFeature } from './feature.ts';
import { play } from './interpreter.ts';
import { extendKit, standardKit } from './kit.ts';
import type { Claim } from './claims/claim.ts';
import type { Operation } from './operations/operation.ts';
import type { OperationFamily } from './types.ts';
import { createSession, driverOf } from './session.ts';

interface Labelled {
  readonly op: 'label';
  readonly node: string;
  readonly value: string;
}
interface Blessed {
  readonly claim: 'blessed';
  readonly node: string;
}

const label: OperationFamily<Labelled> = {
  op: 'label',
  role: 'act',
  keyword: 'When',
  phrases: [{ en: 'node {string:node} is called {string:value}', ja: '{value}とノード{node}を呼ぶ' }],
  play: ({ node, value }, { session }) =>
    void driverOf(session)
      .client()
      .patch('Node', '', node, 'merge', { metadata: { labels: { called: value } } }),
  shrink: { weaker: (o) => (o.value === 'x' ? [] : [{ ...o, value: 'x' }]) },
};

const blessed: ClaimFamily<Blessed> = {
  claim: 'blessed',
  phrases: [{ en: '{moment}node {string:node} is/was blessed', ja: '{moment}ノード{node}は祝福されている' }],
  asks: () => 'api',
  concerns: () => ({ kinds: ['Node'], world: false }),
  evaluate: ({ node }, { driver }) => ({
    holds: driver.client().find('Node', '', node)?.metadata.labels?.['called'] !== undefined,
    found: () => 'nobody called it anything',
    objects: [],
  }),
};

const curse = defineFault({
  kind: 'Curse',
  family: 'node',
  target: 'node',
  needs: 'api',
  about: 'A node is cursed.',
  heals: 'It is not.',
  phrases: [say('[nodes] is/are cursed', '[nodes]が呪われる')],
  strike: (call) => ({ targets: [call.node!] }),
});

const kit = extendKit(standardKit, { faults: [curse], operations: [label], claims: [blessed] });
const FEATURE = `# language: ja
フィーチャ: 自分の言葉
  シナリオ: ふたつの言語で
    前提 a cluster with 2 nodes
    もし "x"とノード"node-1"を呼ぶ
    かつ node "node-2" is cursed
    かつ fault "Curse" strikes:
      | target | node-1 |
    かつ these faults strike:
      | at | fault | target |
      | 1s | Curse | node-2 |
    ならば 5分以内にノード"node-1"は祝福されている
    かつ since "x" node "node-2" was blessed
`;

it('plays what a kit says in its own words, in both languages, and tells it again', () => {
  const [scenario] = readFeature(FEATURE, 'own.feature', kit);
  const operations = scenario!.operations.map((o) => o.operation);
  expect(operations.slice(1, 3)).toEqual([
    { op: 'label', node: 'node-1', value: 'x' },
    { op: 'fault', fault: { kind: 'Curse', node: 'node-2' } },
  ]);
  const session = createSession({ seed: 1, kit, files: { readFile: () => '' }, createDriver: simulate });
  for (const operation of operations.slice(0, -1)) play(session, operation);
  const claim = { claim: 'blessed', node: 'node-2' } as unknown as Claim;
  expect(() => play(session, { op: 'assert', moment: { mode: 'now' }, claim })).toThrow(ClaimError);
  const told = featureOf('own', { seed: '1', operations }, [], kit);
  expect(told).toContain('When node "node-1" is called "x"\n    And node "node-2" is cursed\n');
  expect(readFeature(told, 'told.feature', kit)[0]!.operations.map((o) => o.operation)).toEqual(operations);
});

it('is refused where the kit is not', () => {
  expect(() => readFeature(FEATURE, 'own.feature')).toThrow(
    /own\.feature:5: どの言い方にも当てはまらないステップ/,
  );
  const session = createSession({
    seed: 1,
    kit: standardKit,
    files: { readFile: () => '' },
    createDriver: simulate,
  });
  const own = { op: 'label', node: 'node-1', value: 'x' } as unknown as Operation;
  expect(() => play(session, own, { text: 'own' })).toThrow(InputError);
});

it('takes no name twice', () => {
  expect(() => extendKit(kit, { operations: [label] })).toThrow('there is an operation named label already');
  expect(() => extendKit(kit, { claims: [blessed] })).toThrow('there is a claim named blessed already');
});
