/** Manifests that must be refused, and drains that nobody waits for: that they fail, and what they say. */
import { describe, expect, it } from 'vitest';
import { properties } from '../../explore/property.ts';
import { featureOf } from '../../explore/counterexample.ts';
import { ClaimError, InputError } from '../errors.ts';
import { standardKit } from '../kit.ts';
import { filesOf, Scenario } from '../scenario.ts';
import { refused } from './refused.ts';

const pod = (name: string, rest = ''): string => `
apiVersion: v1
kind: Pod
metadata: {name: ${name}, labels: {app: web}}
spec: {nodeName: node-1, containers: [{name: web, image: nginx}]${rest}}
`;
const BUDGET = `
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: {name: web}
spec: {minAvailable: 1, selector: {matchLabels: {app: web}}}
`;
const files = filesOf({ 'web.yaml': pod('web'), 'bad/one.yaml': pod('bad', ', restartPolicy: Sometimes') });
const base = new Scenario({ files }).say('Given a cluster with 2 nodes');

const found = (scenario: Scenario, line: string, attachment?: string): string => {
  try {
    scenario.say(line, attachment);
  } catch (error) {
    if (error instanceof ClaimError) return error.found;
    throw error;
  }
  throw new Error(`it holds: ${line}`);
};

describe('a manifest that is refused', () => {
  it('is one that kubectl fails to apply with these words, in a doc string, a file or a folder', () => {
    const scenario = base.fork();
    scenario.say(
      'Then the manifest is refused with "Unsupported value":',
      pod('bad', ', restartPolicy: Sometimes'),
    );
    scenario.say('And the manifests in "bad" are refused with "Sometimes"');
    scenario.say('And the manifest in "bad/one.yaml" is refused with "Sometimes"');
    expect(scenario.kubectl('get pods -o name').stdout).toBe('');
  });

  it('fails where it is accepted, and where the words are others', () => {
    for (const saying of ['quota', 'created'])
      expect(found(base.fork(), `Then the manifest in "web.yaml" is refused with "${saying}"`)).toBe(
        'it was accepted\npod/web created',
      );
    expect(found(base.fork(), 'Then the manifest in "bad/one.yaml" is refused with "quota"')).toMatch(
      /^it was refused with\n.*Unsupported value: "Sometimes"/s,
    );
  });

  it('is not a file that is not there', () => {
    expect(() => base.fork().say('Then the manifest in "none.yaml" is refused with "none"')).toThrow(
      InputError,
    );
  });

  it('is what a property is held against', () => {
    const any = (): Scenario =>
      new Scenario({ files, property: properties({ runs: 5 }) })
        .say('Given any cluster of 1 to 3 nodes')
        .say('When any 1 to 2 faults strike within 1 minute');
    any().say('Then the manifest in "bad/one.yaml" is refused with "Sometimes"');
    expect(() => any().say('Then the manifest in "web.yaml" is refused with "quota"')).toThrow(
      /Found by run 1 of 5.*Then the manifest is refused with "quota":.*it was accepted/s,
    );
  });

  it('comes whole from a file into a feature of its own', () => {
    const operation = { op: 'refused', path: 'bad', saying: 'Sometimes' } as const;
    const whole = refused.selfContained!(operation, files, standardKit.faults);
    const feature = featureOf('refused', { seed: '1', operations: [whole] }, [], standardKit);
    expect(feature).toContain('Then the manifest is refused with "Sometimes":');
    expect(feature).toContain('restartPolicy: Sometimes');
  });
});

describe('a drain that nobody waits for', () => {
  const ready = base
    .fork()
    .say('Given the manifest:', [pod('web'), BUDGET].join('---'))
    .say('And every pod is ready');

  it('goes on in the background, and is finished when the pods are gone', () => {
    const drained = ready.fork().say('When node "node-1" is drained without waiting');
    expect(drained.cluster.now).toBe(ready.cluster.now);
    expect(found(drained, 'Then within 10 minutes the drain of node "node-1" is finished')).toBe(
      '1 pod was left to go (web running, ready)',
    );
    drained
      .say('When I run "kubectl delete pdb web"')
      .say('Then within 1 minute the drain of node "node-1" is finished');
    expect(found(drained, 'Then the drain of node "node-1" is not finished')).toBe('no pods were left to go');
    drained.say('And pod "web" is gone');
  });

  it('shows the budget that lets nothing go', () => {
    const drained = ready.fork().say('When node "node-1" is drained without waiting');
    expect(() => drained.say('Then within 1 minute the drain of node "node-1" is finished')).toThrow(
      /NAME +MIN AVAILABLE/,
    );
  });

  it('is of a node that is cordoned', () => {
    for (const state of ['finished', 'not finished'])
      expect(found(ready.fork(), `Then the drain of node "node-2" is ${state}`)).toBe(
        'it was not cordoned, so nobody drained it',
      );
    expect(found(ready.fork(), 'Then the drain of node "node-9" is finished')).toBe(
      'there was no node "node-9"',
    );
  });

  it('leaves the pods of daemon sets', () => {
    const agent = `
apiVersion: apps/v1
kind: DaemonSet
metadata: {name: agent}
spec:
  selector: {matchLabels: {app: agent}}
  template:
    metadata: {labels: {app: agent}}
    spec: {containers: [{name: agent, image: nginx}]}
`;
    const scenario = base.fork().say('Given the manifest:', agent).say('And every pod is ready');
    scenario
      .say('When every node is drained without waiting')
      .say('Then the drain of node "node-2" is finished');
    scenario.say('And daemon set "agent" has 2 of 2 replicas ready');
  });
});
