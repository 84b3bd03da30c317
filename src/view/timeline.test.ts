import fc from 'fast-check';
import { expect, it } from 'vitest';
import { readFeature } from '../dsl/feature.ts';
import type { Operation } from '../dsl/operations/operation.ts';
import { Scenario } from '../dsl/scenario.ts';
import { LANGUAGES } from '../messages/index.ts';
import { Timeline } from './timeline.ts';

const operations: readonly Operation[] = [
  { op: 'cluster', nodes: 2 },
  {
    op: 'manifest',
    text:
      'apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\nspec:\n  replicas: 2\n  ' +
      'selector: {matchLabels: {app: web}}\n  template:\n    metadata: {labels: {app: web}}\n  ' +
      '  spec: {containers: [{name: web, image: nginx}]}\n',
  },
  { op: 'everyPodReady' },
  { op: 'fault', fault: { kind: 'NodePowerLoss', node: 'node-1', forMs: 60_000 } as never },
  { op: 'pass', durationMs: 600_000 },
];

it('answers at any moment what kubectl answered then, and comes to the same history', () => {
  const timeline = Timeline.of({ seed: '7', operations, files: {} });
  const scenario = new Scenario({ seed: '7' });
  for (const operation of operations.slice(0, -1)) scenario.play(operation);
  const struckAt = scenario.cluster.now;
  for (const at of [1, 20_000, 49_999, 61_234, 300_000]) {
    const then = scenario.fork().play({ op: 'pass', durationMs: at });
    for (const line of ['get pods -o wide', 'describe node node-1', 'get events'])
      expect(timeline.kubectl(`kubectl ${line}`, struckAt + at).output).toBe(
        then.fork().kubectl(line).stdout,
      );
  }
  scenario.play(operations[operations.length - 1]!);
  expect(timeline.hash).toBe(scenario.cluster.hash());
  expect(() => timeline.kubectl('delete pod --all', 1000)).toThrow(
    'only what reads can be asked of the past',
  );
});

/** What `seatrial run` makes of a feature. */
function hashOf(feature: string): string {
  const [scenario] = readFeature(feature, 'saved.feature');
  const seed = scenario!.tags.find((t) => t.startsWith('@seed:'))!.slice('@seed:'.length);
  const played = new Scenario({ seed });
  for (const { operation } of scenario!.operations) {
    // A line that fails is looked at by the claim behind it.
    if (operation.op === 'kubectl') for (const line of operation.lines) played.kubectl(line);
    else played.play(operation);
  }
  return played.cluster.hash();
}

const LINES = [
  'When node "node-2" loses power for 2 minutes',
  'When node "node-1" is cordoned',
  'When I run "kubectl scale deployment web --replicas=3"',
  'When I run "kubectl delete pod nobody"',
  'もし "kubectl get pods"を実行する',
  'When a pod matching "app=web" is deleted',
  'Then within 30 seconds deployment "web" has 2 of 2 replicas available',
  'Then at every moment at least 1 pod matching "app=web" was ready',
  'Then at least 9 pods matching "app=web" are ready',
  'Then for 20 seconds at least 1 pod matching "app=web" is ready',
];
const act = fc.oneof(fc.constantFrom(...LINES), fc.integer({ min: 1, max: 400_000 }));

it('forks at any moment, and saves what was played as a feature that comes to the same history', async () => {
  const original = Timeline.of({ seed: '7', operations, files: {} });
  const property = fc.property(
    fc.integer({ min: 0, max: original.now + 1000 }),
    fc.array(act, { maxLength: 6 }),
    fc.constantFrom(...LANGUAGES),
    (at, acts, language) => {
      const fork = original.fork(at, language);
      expect(fork.now).toBe(Math.max(at > original.now ? original.now : at, 0));
      const until = (line: Timeline) => line.news(0, 0).truths.filter((t) => t.at <= fork.now);
      expect(until(fork)).toEqual(until(original));
      for (const each of acts) {
        if (typeof each === 'number') fork.advance(each);
        else fork.play(each);
      }
      expect(hashOf(fork.save('What if'))).toBe(fork.hash);
    },
  );
  fc.assert(property, { numRuns: 20 });
});

it('comes to the same when a fork goes on as the run did that it was forked from', () => {
  const original = Timeline.of({ seed: '7', operations, files: {} });
  const facts = (line: Timeline) => line.news(0, 0).truths.map(({ entry: _, ...is }) => is);
  for (const at of [0, 20_000, 200_000]) {
    const fork = original.fork(at);
    for (const operation of original.ahead(at)) fork.play(operation);
    expect([at, facts(fork)]).toEqual([at, facts(original)]);
  }
});

it('leaves a run as it was by a step that makes no sense, and says what is wrong with it', () => {
  const timeline = Timeline.of({ seed: '7', operations, files: {} });
  const before = timeline.hash;
  expect(() => timeline.play('When node "node-9" loses power')).toThrow('node-9');
  expect(() => timeline.play('When it rains')).toThrow('it rains');
  expect(timeline.hash).toBe(before);
  expect(timeline.steps).toEqual([]);
});
