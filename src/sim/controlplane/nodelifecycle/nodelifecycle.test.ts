import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { harness, type Harness } from '../../harness/harness.ts';
import { testNode, testPod } from '../../harness/objects.ts';
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

function play(list: readonly Act[], tickAlways: boolean, zones: number): Harness<NodeLifecycleState> {
  const h = harness([nodeLifecycleController], { lagMs: 3 });
  h.state.tickOffsetMs = 700;
  h.state.passOffsetMs = 30;
  const lease = (node: string, renewing: boolean): void => {
    // A lease is renewed every ten seconds while its kubelet lives.
    h.heartbeats.set(node, { last: renewing ? h.now : Math.floor(h.now / 10_000) * 10_000, renewing });
    h.put({
      apiVersion: 'coordination.k8s.io/v1',
      kind: 'Lease',
      metadata: { name: node, namespace: 'kube-node-lease' },
      spec: { renewTime: `${h.now}${renewing}` },
    });
  };
  NODES.forEach((n, i) => {
    h.put(testNode(n, 'True', { labels: { 'topology.kubernetes.io/zone': `z${i % zones}` } }));
    h.put(testPod(`p-${n}`, { node: n }));
    h.heartbeats.set(n, { last: 0, renewing: true });
  });
  const moments = [...list].sort((x, y) => x.at - y.at);
  const next = (until: number): void => {
    while (h.now < until) {
      const tick = 700 + Math.ceil((h.now + 1 - 700) / 5_000) * 5_000;
      const beat = (Math.floor(h.now / 10_000) + 1) * 10_000;
      const to = Math.min(until, beat, tickAlways ? tick : until);
      h.pass(to - h.now);
      for (const n of NODES)
        if (h.heartbeats.get(n)!.renewing)
          h.heartbeats.set(n, { last: Math.floor(to / 10_000) * 10_000, renewing: true });
      if (tickAlways && to === tick && h.state.lastTick !== tick) {
        h.ctx.queue.add('monitor');
        h.run();
      }
    }
  };
  for (const { at, node, what } of moments) {
    next(at);
    const old = h.api.get('Node', '', node);
    const post = (ready: string): void =>
      void h.api.updateStatus({
        ...old,
        status: {
          ...old.status,
          conditions: (old.status.conditions ?? []).map((c) => ({
            ...c,
            lastHeartbeatTime: `t${h.now}`,
            ...(c.type === 'Ready' ? { status: ready } : {}),
          })),
        },
      } as Node);
    if (what === 'silent') {
      if (h.heartbeats.get(node)!.renewing) lease(node, false);
    } else if (what === 'renew') {
      lease(node, true);
    } else if (what === 'pod') {
      h.put(testPod(`late-${at}`, { node }));
    } else if (what === 'cordon') {
      h.api.update({ ...old, spec: { ...old.spec, unschedulable: true } });
    } else if (what === 'evict-taint') {
      h.api.update({
        ...old,
        spec: {
          ...old.spec,
          taints: [
            ...(old.spec.taints ?? []).filter((t) => t.key !== 'node.kubernetes.io/unreachable'),
            { key: 'node.kubernetes.io/unreachable', effect: 'NoExecute' },
          ],
        },
      });
    } else if (h.heartbeats.get(node)!.renewing) {
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
  return h;
}

const nodeEnd = (h: Harness<any>): unknown =>
  h.api
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
        const h = play(list, false, 2);
        h.pass(100_000);
        const writes = h.writes.length;
        h.pass(1_000_000);
        expect(h.writes.length).toBe(writes);
        expect(h.pending()).toStrictEqual([]);
      }),
      { numRuns: 100 },
    );
  });

  it('leaves each node with the taints that its condition asks for', () => {
    fc.assert(
      fc.property(acts, (list) => {
        const h = play(list, false, 1);
        h.pass(200_000);
        for (const n of h.api.list('Node')) {
          const ready = n.status.conditions!.find((c) => c.type === 'Ready')!.status;
          const taints = (n.spec.taints ?? [])
            .filter((t) => t.key !== 'node.kubernetes.io/unschedulable')
            .map((t) => `${t.key.split('/')[1]}:${t.effect}`);
          const key = ready === 'True' ? undefined : ready === 'False' ? 'not-ready' : 'unreachable';
          expect(taints.filter((t) => t.endsWith('NoSchedule'))).toStrictEqual(
            key === undefined ? [] : [`${key}:NoSchedule`],
          );
          const stopped = ['FullDisruption', 'PartialDisruption'].includes(
            h.state.zoneStates.get(`:\u0000:z0`)!,
          );
          if (key === undefined) expect(taints).toStrictEqual([]);
          else if (!stopped) expect(taints).toContain(`${key}:NoExecute`);
        }
      }),
      { numRuns: 100 },
    );
  });
});
