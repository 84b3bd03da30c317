import { describe, expect, it } from 'vitest';
import { Scenario } from '../../dsl/scenario.ts';
import { follow, STAGES, type Explanation, type StageName } from './follow.ts';
import { explanationText } from './print.ts';

const scene = (): Scenario => new Scenario({ seed: 1 }).say('Given a cluster with 1 node');

const outcomeAt = ({ stages }: Explanation, of: StageName): string =>
  stages.find(({ stage }) => stage === of)!.outcome;

const refused = ({ stages }: Explanation): StageName[] =>
  stages.filter(({ outcome }) => outcome === 'refused').map(({ stage }) => stage);

describe('the path of a line', () => {
  it('leads through all stages, each of which begins where the one before ended', () => {
    const { stages } = follow(scene(), 'kubectl create deployment web --image=nginx --replicas=2');
    expect(stages.map(({ stage }) => stage)).toEqual(STAGES);
    expect(stages.filter(({ outcome }) => outcome !== 'passed')).toEqual([]);
    for (const [i, { fromMs, toMs }] of stages.entries()) {
      expect(toMs!).toBeGreaterThanOrEqual(fromMs!);
      if (i > STAGES.indexOf('scheduler')) expect(fromMs).toBe(stages[i - 1]!.toMs);
    }
  });

  it.each([
    ['kubectl run x', 'client'],
    ['kubectl get pods --token=guessed', 'authentication'],
    ['kubectl get secrets --as=bob', 'authorization'],
    ['kubectl run x --image=nginx -n nowhere', 'admission'],
    ['kubectl create deployment Web --image=nginx', 'validation'],
    ['kubectl get pod nobody', 'etcd'],
  ] as const)('%s ends at %s', (line, stage) => {
    const explanation = follow(scene(), line);
    expect(refused(explanation)).toEqual([stage]);
    const after = STAGES.slice(STAGES.indexOf(stage) + 1);
    expect(after.map((of) => outcomeAt(explanation, of))).toEqual(after.map(() => 'unreached'));
  });

  it('says by which binding a user may do something', () => {
    const scenario = scene().play({ op: 'user', name: 'ann', groups: ['dev'] });
    scenario.kubectl('create clusterrolebinding devs --clusterrole=view --group=dev');
    const explanation = follow(scenario, 'kubectl get pods', 'ann');
    expect(explanationText(explanation, 'en')).toContain(
      'list pods: RBAC: allowed by ClusterRoleBinding "devs" of ClusterRole "view" to Group "dev"',
    );
    expect(
      ['admission', 'validation', 'scheduler'].map((of) => outcomeAt(explanation, of as StageName)),
    ).toEqual(['unneeded', 'unneeded', 'unneeded']);
  });

  it('waits at the scheduler for a Pod that no node can take', () => {
    const scenario = scene();
    scenario.kubectl('cordon node-1');
    const explanation = follow(scenario, 'kubectl run one --image=nginx');
    expect([outcomeAt(explanation, 'scheduler'), outcomeAt(explanation, 'start')]).toEqual([
      'waiting',
      'unreached',
    ]);
    expect(explanationText(explanation, 'ja')).toContain('1 node(s) were unschedulable');
  });

  it('waits at the volumes for what is not there', () => {
    const pod = {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'one' },
      spec: {
        containers: [{ name: 'one', image: 'nginx' }],
        volumes: [{ name: 'v', secret: { secretName: 'none' } }],
      },
    };
    const scenario = new Scenario({
      seed: 1,
      files: { readFile: () => JSON.stringify(pod), list: () => undefined },
    });
    const explanation = follow(scenario.say('Given a cluster with 1 node'), 'kubectl apply -f pod.json');
    expect([outcomeAt(explanation, 'volumes'), outcomeAt(explanation, 'image')]).toEqual([
      'waiting',
      'unreached',
    ]);
  });
});
