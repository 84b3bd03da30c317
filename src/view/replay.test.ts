import { expect, it } from 'vitest';
import type { Operation } from '../dsl/operations/operation.ts';
import { Scenario } from '../dsl/scenario.ts';
import { Replay } from './replay.ts';

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
  const replay = new Replay({ seed: '7', operations, files: {} });
  const scenario = new Scenario({ seed: '7' });
  for (const operation of operations.slice(0, -1)) scenario.play(operation);
  const struckAt = scenario.cluster.now;
  for (const at of [1, 20_000, 49_999, 61_234, 300_000]) {
    const then = scenario.fork().play({ op: 'pass', durationMs: at });
    for (const line of ['get pods -o wide', 'describe node node-1', 'get events'])
      expect(replay.kubectl(`kubectl ${line}`, struckAt + at).output).toBe(then.fork().kubectl(line).stdout);
  }
  scenario.play(operations[operations.length - 1]!);
  expect(replay.hash).toBe(scenario.cluster.hash());
  expect(() => replay.kubectl('delete pod --all', 1000)).toThrow('only what reads can be asked of the past');
});
