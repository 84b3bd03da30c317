/** A workload that a cluster was told of while it ran is one to claims, faults, kubectl and the search. */
import { beforeEach, describe, expect, it } from 'vitest';
import { worldOf } from '../explore/targets.ts';
import { defineDynamic, type DynamicResource } from '../sim/api/resources/dynamic.ts';
import type { By } from '../sim/kernel/types.ts';
import { InputError } from './errors.ts';
import { extendKit, standardKit } from './kit.ts';
import { lineOf, readStep, Scenario } from './scenario.ts';

const ROLLOUTS: DynamicResource = {
  group: 'example.com',
  names: { kind: 'Rollout', plural: 'rollouts' },
  scope: 'Namespaced',
  versions: [
    {
      name: 'v1',
      subresources: {
        status: {},
        scale: { specReplicas: '.spec.replicas', statusReplicas: '.status.replicas' },
      },
    },
  ],
};
const ROLLOUT = `apiVersion: example.com/v1
kind: Rollout
metadata: {name: web}
spec:
  replicas: 3
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec: {containers: [{name: proxy, image: "envoy:1"}, {name: web, image: "nginx:1.25"}]}
`;
const BY: By = { actor: 'user', user: 'user', cause: 0 };

let scenario: Scenario;
beforeEach(() => {
  scenario = new Scenario().say('Given a cluster with 1 node');
  scenario.cluster.addResource(ROLLOUTS, BY);
  scenario.say('And the manifest:', ROLLOUT);
});

const rollout = (): { spec: { replicas: number; template: { spec: { containers: object[] } } } } =>
  scenario.cluster.client().get('Rollout', 'default', 'web') as never;

/** What its controller would write. */
function report(status: object): void {
  const client = scenario.cluster.client();
  client.updateStatus({ ...client.get('Rollout', 'default', 'web'), status });
}

describe('a workload that was added while the cluster ran', () => {
  it('has replicas, by the names that all workloads have for them', () => {
    report({ replicas: 3, readyReplicas: 2, updatedReplicas: 3, observedGeneration: 1 });
    scenario
      .say('Then Rollout "web" has 2 of 3 replicas ready')
      .say('And Rollout "web" has 3 of 3 replicas updated')
      .say('ならば Rollout"web"の3個中2個のレプリカの準備が完了している');
    expect(() => scenario.say('Then Rollout "web" has 3 of 3 replicas ready')).toThrow(/2 of 3 replicas/);
  });

  it('is waited for by its status alone', () => {
    scenario.say('When Rollout "web" is scaled to 5');
    report({ readyReplicas: 5, updatedReplicas: 5, observedGeneration: 1 });
    expect(() => scenario.say('Then Rollout "web" has 5 of 5 replicas updated')).toThrow(
      /has not seen|not been seen|newest spec/,
    );
    report({ readyReplicas: 5, updatedReplicas: 5, observedGeneration: 2 });
    scenario.say('Then Rollout "web" has 5 of 5 replicas updated').say('And every pod is ready');
  });

  it('is struck by faults, which put back what they changed', () => {
    scenario.say('When image "nginx:1.27" is rolled out to Rollout "web" for 1 minute');
    expect(rollout().spec.template.spec.containers).toEqual([
      { name: 'proxy', image: 'nginx:1.27' },
      { name: 'web', image: 'nginx:1.25' },
    ]);
    scenario.say('And these faults strike:', [
      ['at', 'fault', 'target', 'replicas'],
      ['0s', 'Scale', 'Rollout web', '7'],
    ]);
    expect(rollout().spec.replicas).toBe(7);
    scenario.say('And 2 minutes pass');
    expect(rollout().spec).toMatchObject({
      replicas: 7,
      template: { spec: { containers: [{ image: 'envoy:1' }, { image: 'nginx:1.25' }] } },
    });
  });

  it('has its own place in a search', () => {
    const kit = extendKit(standardKit, { resources: [defineDynamic(ROLLOUTS)] });
    const scene = new Scenario({ kit }).say('Given a cluster with 1 node').say('And the manifest:', ROLLOUT);
    expect(worldOf(scene.operations, kit)).toMatchObject({
      workloads: [{ kind: 'Rollout', name: 'web' }],
      pods: ['app=web'],
    });
    expect(worldOf(scene.operations, standardKit).workloads).toEqual([]);
  });

  it('is written as it is read', () => {
    const { operation } = readStep('When Rollout "team/web" is scaled to 2');
    expect(operation).toMatchObject({ workload: { kind: 'Rollout', name: 'team/web' } });
    expect(lineOf(operation)).toBe('When Rollout "team/web" is scaled to 2');
  });
});

describe('a kind that is no workload of the cluster', () => {
  it.each<[string, string]>([
    ['Then Canary "web" has 1 of 1 replicas ready', 'the cluster has no kind "Canary"; these run Pods: '],
    ['Then ConfigMap "web" has 1 of 1 replicas ready', 'a ConfigMap runs no Pods of a template; these do: '],
    ['When the image of Canary "web" is changed to "a"', 'the cluster has no kind "Canary"'],
    ['Then the rollout of Rollout "web" is complete', 'a Rollout has no rollout; these have: '],
  ])('%s', (step, message) => {
    expect(() => scenario.say(step)).toThrow(InputError);
    expect(() => scenario.say(step)).toThrow(message);
  });

  it('is no target of a fault', () => {
    const step = 'When the configuration of ConfigMap "kube-root-ca.crt" is changed';
    expect(() => scenario.say(step)).toThrow(/runs no Pods of a template/);
    const call = { kind: 'Scale', workload: { kind: 'Canary', name: 'web' }, replicas: 1 };
    expect(() => scenario.play({ op: 'fault', fault: call })).toThrow('the cluster has no kind "Canary"');
  });
});
