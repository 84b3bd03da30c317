import { describe, expect, it } from 'vitest';
import { readFeature } from '../dsl/feature.ts';
import { standardKit } from '../dsl/kit.ts';
import type { Operation } from '../dsl/operations/operation.ts';
import { playScenario } from '../dsl/playfeature.ts';
import { filesOf, Scenario } from '../dsl/scenario.ts';
import { featureOf } from './counterexample.ts';

/** Indented as a whole, with quotes and backslashes of every kind. */
const MANIFEST = String.raw`
    apiVersion: v1
    kind: ConfigMap
    metadata: {name: page}
    data:
      page: |
        """
        say """ and \"\"\" and \n
        ${'```'}

          'deeper'
      ---
    apiVersion: v1
    kind: Pod
    metadata: {name: web}
    spec: {containers: [{name: web, image: nginx}]}
`.replace(/^ {6}---$/m, '---');

describe('a counterexample', () => {
  it('plays to the same history as what it was found in, whatever its doc strings hold', () => {
    const operations: Operation[] = [
      { op: 'cluster', nodes: 1 },
      { op: 'manifest', text: MANIFEST },
      { op: 'everyPodReady' },
    ];
    const found = operations.reduce((played, o) => played.play(o), new Scenario({ seed: 7 }));
    const feature = featureOf('page', { seed: '7', operations }, ['Found by hand.'], standardKit);
    const [scenario] = readFeature(feature, 'page.feature');
    const again = playScenario(scenario!, { files: filesOf({}) });
    expect(again.operations).toEqual(operations);
    expect(again.cluster.hash()).toBe(found.cluster.hash());
  });
});
