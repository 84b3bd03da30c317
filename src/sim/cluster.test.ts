import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Draft } from './api/client.ts';
import { isReason } from './api/errors.ts';
import type { Namespace } from './api/types.ts';
import { Cluster } from './cluster.ts';
import type { ApiChange } from './kernel/history.ts';
import { powerOff, powerOn } from './node/machine.ts';
import { changeImage, condition, deployment, podsOf, readyOf, rolledOut, untilReady } from './testing.ts';

const boot = (seed: string | number, nodes = 3): Cluster => Cluster.create({ seed, nodes });

/** Things a user may do, by number: enough to make two runs differ if anything is not deterministic. */
function act(cluster: Cluster, action: number): void {
  cluster.operation(`action ${action}`);
  const api = cluster.client();
  switch (action % 6) {
    case 0:
      return void changeImage(cluster, 'web', `nginx:1.${16 + (action % 5)}`);
    case 1:
      return api.scale('Deployment', 'default', 'web', 1 + (action % 5));
    case 2: {
      const pod = podsOf(cluster, 'web')[0];
      return pod && void api.delete('Pod', 'default', pod.metadata.name);
    }
    case 3:
      return powerOff(cluster, 'node-2');
    case 4:
      return powerOn(cluster, 'node-2');
    default:
      return cluster.pass(action * 1000);
  }
}

const actions = fc.array(fc.tuple(fc.nat(60), fc.nat(90_000)), { minLength: 1, maxLength: 8 });

describe('a cluster', () => {
  it('boots to Ready nodes at time 0', () => {
    const cluster = boot('s', 4);
    expect(cluster.now).toBe(0);
    const nodes = cluster.client().list('Node');
    expect(nodes.map((n) => [n.metadata.name, condition(n, 'Ready'), n.spec.taints ?? []])).toEqual(
      [1, 2, 3, 4].map((i) => [`node-${i}`, 'True', []]),
    );
    expect(cluster.settle(60_000)).toBe(true);
  });

  it('gives one history for one seed, forked or not, saved and restored or not', () => {
    fc.assert(
      fc.property(fc.nat(1000), actions, fc.nat(8), (seed, plan, cut) => {
        const prepare = (): Cluster => {
          const cluster = boot(seed);
          cluster.operation('apply');
          cluster.client().create(deployment('web'));
          cluster.pass(10_000);
          return cluster;
        };
        const run = (cluster: Cluster, part: typeof plan): void =>
          part.forEach(([action, ms]) => {
            act(cluster, action);
            cluster.pass(ms);
          });
        const whole = prepare();
        run(whole, plan);
        const again = prepare();
        run(again, plan.slice(0, cut));
        const fork = again.fork();
        const restored = Cluster.restore(again.snapshot());
        act(again, 1);
        again.pass(5000);
        run(fork, plan.slice(cut));
        run(restored, plan.slice(cut));
        expect(fork.hash()).toBe(whole.hash());
        expect(restored.hash()).toBe(whole.hash());
      }),
      { numRuns: 15 },
    );
  });

  it('differs between seeds', () => {
    const hash = (seed: number): string => {
      const cluster = boot(seed);
      cluster.client().create(deployment('web'));
      cluster.pass(10_000);
      return cluster.hash();
    };
    expect(hash(1)).not.toBe(hash(2));
  });

  it('names the cause of every change, back to what the user did', () => {
    const cluster = boot('causes');
    cluster.operation('the deployment is applied');
    cluster.client().create(deployment('web', { replicas: 2 }));
    untilReady(cluster);
    const node = readyOf(cluster, 'web')[0]!.spec.nodeName!;
    const cut = cluster.operation('the power is cut');
    powerOff(cluster, node);
    cluster.pass(400_000);
    const created = cluster.history.filter(
      (e): e is ApiChange => e.type === 'api' && e.kind === 'Pod' && e.before === undefined && e.at > 100_000,
    );
    expect(created.length).toBeGreaterThan(0);
    const chain = cluster.causes(created[0]!.id);
    expect(chain.at(-1)!.id).toBe(cut);
    expect(chain.map((e) => e.by)).toEqual(
      expect.arrayContaining([
        'replicaset-controller',
        'taint-eviction-controller',
        'node-lifecycle-controller',
      ]),
    );
    for (const entry of cluster.history)
      if (entry.type === 'api' && entry.cause !== 0) expect(cluster.entry(entry.cause)).toBeDefined();
  });

  it('settles, and then only time-outs are pending', () => {
    const cluster = boot('settle');
    cluster.client().create(deployment('web'));
    expect(cluster.settle(3_600_000)).toBe(true);
    expect(rolledOut(cluster, 'web')).toBe(true);
    expect(cluster.pending()).toEqual([]);
  });

  it('costs little while it is degraded, however long ago the last rollout was', () => {
    const cluster = boot('degraded');
    cluster.client().create(deployment('web', { replicas: 3 }));
    cluster.pass(20 * 60_000);
    for (const node of ['node-1', 'node-2', 'node-3']) powerOff(cluster, node);
    cluster.pass(10 * 60_000);
    const before = cluster.kernel.handled;
    cluster.pass(24 * 3_600_000);
    expect(cluster.kernel.handled - before).toBeLessThan(500);
  });

  it('costs nothing while idle', () => {
    const cluster = boot('idle');
    cluster.client().create(deployment('web'));
    cluster.settle(3_600_000);
    cluster.pass(3_600_000);
    const before = cluster.kernel.handled;
    cluster.pass(7 * 24 * 3_600_000);
    expect(cluster.kernel.handled - before).toBeLessThan(10);
    expect(readyOf(cluster, 'web').length).toBe(3);
  });
});

describe('the control plane down', () => {
  it('leaves pods running, refuses calls, and catches up afterwards', () => {
    const cluster = boot('down');
    cluster.client().create(deployment('web'));
    untilReady(cluster);
    cluster.operation('api server down');
    cluster.control.setServerUp(false, cluster.by);
    expect(() => cluster.client().list('Pod')).toThrow();
    cluster.pass(30_000);
    cluster.control.setServerUp(true, cluster.by);
    cluster.client().scale('Deployment', 'default', 'web', 5);
    expect(cluster.runUntil(() => rolledOut(cluster, 'web'), 60_000)).toBe(true);
    expect(
      cluster
        .client()
        .list('Node')
        .every((n) => condition(n, 'Ready') === 'True'),
    ).toBe(true);
  });

  it('without a quorum answers reads and takes no writes', () => {
    const cluster = boot('quorum');
    cluster.client().create(deployment('web'));
    untilReady(cluster);
    cluster.control.setQuorum(false, cluster.by);
    expect(cluster.client().list('Pod').length).toBe(3);
    let error: unknown;
    try {
      cluster.client().scale('Deployment', 'default', 'web', 1);
    } catch (e) {
      error = e;
    }
    expect(isReason(error, 'ServerTimeout')).toBe(true);
    cluster.pass(20_000);
    cluster.control.setQuorum(true, cluster.by);
    cluster.client().scale('Deployment', 'default', 'web', 1);
    expect(cluster.runUntil(() => podsOf(cluster, 'web').length === 1, 60_000)).toBe(true);
  });

  it('a restarted controller manager and scheduler take up where they were', () => {
    const cluster = boot('restart');
    cluster.client().create(deployment('web', { replicas: 5 }));
    cluster.pass(20);
    cluster.control.stop('kube-controller-manager', cluster.by);
    cluster.control.stop('kube-scheduler', cluster.by);
    cluster.pass(5000);
    cluster.control.start('kube-controller-manager', cluster.by);
    cluster.control.start('kube-scheduler', cluster.by);
    expect(cluster.runUntil(() => rolledOut(cluster, 'web'), 60_000)).toBe(true);
    expect(podsOf(cluster, 'web').length).toBe(5);
  });
});

describe('who acts, because of what', () => {
  it('what one act meets is blamed on the act, not on what it met before', () => {
    const cluster = boot('causes');
    const act = cluster.operation('two machines lose power');
    powerOff(cluster, 'node-1');
    powerOff(cluster, 'node-2');
    const lost = cluster.history.filter((e) => e.type === 'world' && e.key === 'nodeLostPower');
    expect(lost.map((e) => e.cause)).toEqual([act, act]);
    cluster.client().create(deployment('web'));
    expect(cluster.history.at(-1)).toMatchObject({ by: 'user', cause: act, kind: 'Deployment' });
  });

  it("only namespaces/finalize changes a namespace's own finalizers, whoever asks", () => {
    const cluster = boot('finalize');
    const api = cluster.client('system:apiserver');
    const namespace = api.create({
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name: 'held' },
    } as Draft<Namespace>);
    const emptied = { ...namespace, spec: { finalizers: [] } };
    expect(api.update(emptied).spec.finalizers).toEqual(['kubernetes']);
    expect(cluster.client().finalize(emptied).spec.finalizers).toEqual([]);
    // Nothing holds it any more: a delete takes it at once.
    cluster.client().delete('Namespace', '', 'held');
    expect(cluster.client().find('Namespace', '', 'held')).toBeUndefined();
  });
});
