import { describe, expect, it } from 'vitest';
import { ClaimError, InputError } from './errors.ts';
import { filesOf, readStep, Scenario } from './scenario.ts';

const POD = `
apiVersion: v1
kind: Pod
metadata: {name: web, labels: {app: web}}
spec: {containers: [{name: web, image: nginx}]}
`;

const web = (): Scenario =>
  new Scenario({ files: filesOf({ 'shop/web.yaml': POD }) })
    .say('Given a cluster with 1 node')
    .say('And the manifests in "shop"')
    .say('And every pod is ready');

describe('a scenario from TypeScript', () => {
  it('says steps in words, and plays them as data, to the same history', () => {
    const said = web().say('When 5 minutes pass');
    const played = web().play({ op: 'pass', durationMs: 300_000 });
    expect(said.cluster.now).toBe(played.cluster.now);
    expect(said.operations).toEqual(played.operations);
  });

  it('says them in Japanese', () => {
    expect(readStep('もし 5分が経過する').operation).toEqual({ op: 'pass', durationMs: 300_000 });
  });

  it('goes on with the keyword before: a sentence that is an order after When is a claim after Then', () => {
    expect(readStep('And node "node-1" is cordoned', undefined, 'When').operation.op).toBe('fault');
    expect(readStep('And node "node-1" is cordoned', undefined, 'Then').operation.op).toBe('assert');
    const scenario = web().say('Then pod "web" is ready');
    expect(() => scenario.say('And node "node-1" is cordoned')).toThrow(ClaimError);
  });

  it('counts the past from the first When', () => {
    const scenario = web().say('When 1 minute passes');
    expect(() => scenario.say('Then at every moment pod "web" was ready')).not.toThrow();
  });

  it('gives what kubectl printed, failed or not', () => {
    const scenario = web();
    expect(scenario.kubectl('get pods -o name')).toEqual({ code: 0, stdout: 'pod/web\n', stderr: '' });
    expect(scenario.kubectl('kubectl get pod nope').code).toBe(1);
  });

  it('forks: both go on by themselves', () => {
    const scenario = web();
    const fork = scenario.fork().say('When pod "web" is deleted').say('And 1 minute passes');
    expect(() => fork.say('Then pod "web" is gone')).not.toThrow();
    scenario.say('Then pod "web" is ready');
    expect(scenario.operations).toHaveLength(4);
  });

  it('says what is wrong', () => {
    expect(() => new Scenario().say('When it rains')).toThrow(
      /^no phrase of the language fits "it rains"\ndid you mean:\n/,
    );
    expect(() => new Scenario().cluster).toThrow(InputError);
    expect(() => new Scenario().kubectl('get pods')).toThrow(InputError);
    const without = new Scenario({ files: filesOf({ 'a.yaml': POD }) }).say('Given a cluster with 1 node');
    expect(() => without.say('And the manifest in "b.yaml"')).toThrow(/b\.yaml/);
    expect(() => without.say('And any 1 to 3 faults strike within 5 minutes')).toThrow(/is not played here/);
  });
});
