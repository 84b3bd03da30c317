import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bench, testNode, testPod, type Bench } from '../bench.ts';
import type { Node } from '../../api/types.ts';
import { nodeLifecycleController, type NodeLifecycleState } from './nodelifecycle.ts';

const NODES = ['n1', 'n2', 'n3', 'n4', 'n5'];

/** What kubelets and their machines do, at a time. */
type Act = {
  readonly at: number;
  readonly node: string;
  readonly what: 'silent' | 'renew' | 'ready' | 'unready' | 'posts' | 'cordon' | 'evict-taint' | 'pod';
};

const acts = fc.array(
  fc.record({
    at: fc.integer({ min: 1_000, max: 400_000 }),
    node: fc.constantFrom(...NODES),
    what: fc.constantFrom(
      'silent',
      'silent',
      'renew',
      'ready',
      'unready',
      'posts',
      'cordon',
      'evict-taint',
      'pod',
    ),
  }),
  { maxLength: 14 },
) as fc.Arbitrary<Act[]>;

function play(list: readonly Act[], tickAlways: boolean, zones: number): Bench<NodeLifecycleState> {
  const b = bench(nodeLifecycleController, { lagMs: 3 });
  b.state.tickOffsetMs = 700;
  b.state.passOffsetMs = 30;
  const lease = (node: string, renewing: boolean): void => {
    // A lease is renewed every ten seconds while its kubelet lives.
    b.heartbeats.set(node, { last: renewing ? b.now() : Math.floor(b.now() / 10_000) * 10_000, renewing });
    b.put({
      apiVersion: 'coordination.k8s.io/v1',
      kind: 'Lease',
      metadata: { name: node, namespace: 'kube-node-lease' },
      spec: { renewTime: `${b.now()}${renewing}` },
    });
  };
  NODES.forEach((n, i) => {
    b.put(testNode(n, 'True', { labels: { 'topology.kubernetes.io/zone': `z${i % zones}` } }));
    b.put(testPod(`p-${n}`, { node: n }));
    b.heartbeats.set(n, { last: 0, renewing: true });
  });
  const moments = [...list].sort((x, y) => x.at - y.at);
  const next = (until: number): void => {
    while (b.now() < until) {
      const tick = 700 + Math.ceil((b.now() + 1 - 700) / 5_000) * 5_000;
      const beat = (Math.floor(b.now() / 10_000) + 1) * 10_000;
      const to = Math.min(until, beat, tickAlways ? tick : until);
      b.run(to - b.now());
      for (const n of NODES)
        if (b.heartbeats.get(n)!.renewing)
          b.heartbeats.set(n, { last: Math.floor(to / 10_000) * 10_000, renewing: true });
      if (tickAlways && to === tick && b.state.lastTick !== tick) {
        b.ctx.queue.add('monitor');
        b.run();
      }
    }
  };
  for (const { at, node, what } of moments) {
    next(at);
    const old = b.api.get('Node', '', node);
    const post = (ready: string): void =>
      void b.api.updateStatus({
        ...old,
        status: {
          ...old.status,
          conditions: (old.status.conditions ?? []).map((c) => ({
            ...c,
            lastHeartbeatTime: `t${b.now()}`,
            ...(c.type === 'Ready' ? { status: ready } : {}),
          })),
        },
      } as Node);
    if (what === 'silent') {
      if (b.heartbeats.get(node)!.renewing) lease(node, false);
    } else if (what === 'renew') {
      lease(node, true);
    } else if (what === 'pod') {
      b.put(testPod(`late-${at}`, { node }));
    } else if (what === 'cordon') {
      b.api.update({ ...old, spec: { ...old.spec, unschedulable: true } });
    } else if (what === 'evict-taint') {
      b.api.update({
        ...old,
        spec: {
          ...old.spec,
          taints: [
            ...(old.spec.taints ?? []).filter((t) => t.key !== 'node.kubernetes.io/unreachable'),
            { key: 'node.kubernetes.io/unreachable', effect: 'NoExecute' },
          ],
        },
      });
    } else if (b.heartbeats.get(node)!.renewing) {
      post(
        what === 'posts'
          ? old.status.conditions!.find((c) => c.type === 'Ready')!.status
          : what === 'ready'
            ? 'True'
            : 'False',
      );
    }
  }
  next(600_000);
  return b;
}

const nodeEnd = (b: Bench<any>): unknown =>
  b.api
    .list('Node')
    .map((n) => [
      n.metadata.name,
      n.status.conditions?.map((c) => `${c.type}=${c.status}`).sort(),
      (n.spec.taints ?? []).map((t) => `${t.key}:${t.effect}`).sort(),
    ]);

describe('node life cycle', () => {
  it('does at the same moments what a monitor that never skips a tick does', () => {
    fc.assert(
      fc.property(acts, fc.integer({ min: 1, max: 3 }), (list, zones) => {
        const lazy = play(list, false, zones);
        const eager = play(list, true, zones);
        expect(lazy.writes).toStrictEqual(eager.writes);
        expect(lazy.events).toStrictEqual(eager.events);
        expect(nodeEnd(lazy)).toStrictEqual(nodeEnd(eager));
      }),
      { numRuns: 150 },
    );
  });

  it('comes to rest, whatever happened', () => {
    fc.assert(
      fc.property(acts, (list) => {
        const b = play(list, false, 2);
        b.run(100_000);
        const writes = b.writes.length;
        b.run(1_000_000);
        expect(b.writes.length).toBe(writes);
        expect(b.pending()).toStrictEqual([]);
      }),
      { numRuns: 100 },
    );
  });

  it('leaves each node with the taints that its condition asks for', () => {
    fc.assert(
      fc.property(acts, (list) => {
        const b = play(list, false, 1);
        b.run(200_000);
        for (const n of b.api.list('Node')) {
          const ready = n.status.conditions!.find((c) => c.type === 'Ready')!.status;
          const taints = (n.spec.taints ?? [])
            .filter((t) => t.key !== 'node.kubernetes.io/unschedulable')
            .map((t) => `${t.key.split('/')[1]}:${t.effect}`);
          const key = ready === 'True' ? undefined : ready === 'False' ? 'not-ready' : 'unreachable';
          expect(taints.filter((t) => t.endsWith('NoSchedule'))).toStrictEqual(
            key === undefined ? [] : [`${key}:NoSchedule`],
          );
          const stopped = ['FullDisruption', 'PartialDisruption'].includes(
            b.state.zoneStates.get(`:\u0000:z0`)!,
          );
          if (key === undefined) expect(taints).toStrictEqual([]);
          else if (!stopped) expect(taints).toContain(`${key}:NoExecute`);
        }
      }),
      { numRuns: 100 },
    );
  });
});
