import { describe, expect, it } from 'vitest';
import { bench, testNode, testPod } from '../bench.ts';
import type { Pod } from '../../api/types.ts';
import { byEvictionAndAge, excessTerminated, podGCController } from './podgc.ts';

const at = (pod: object, creationTimestamp: string, status: object = {}): Pod => {
  const p = pod as Pod;
  return { ...p, metadata: { ...p.metadata, creationTimestamp }, status: { ...p.status, ...status } };
};

describe('pod garbage collection', () => {
  it.each([
    ['no threshold', 0, []],
    ['fewer than the threshold', 4, []],
    ['one too many: the evicted one first', 2, ['evicted']],
    ['two too many: then the oldest', 1, ['evicted', 'old']],
  ])('finished pods: %s', (_, threshold, expected) => {
    const pods = [
      at(testPod('new', { phase: 'Failed' }), '2026-01-05T10:00:00Z'),
      at(testPod('old', { phase: 'Succeeded' }), '2026-01-05T09:00:00Z'),
      at(testPod('evicted', { phase: 'Failed' }), '2026-01-05T11:00:00Z', { reason: 'Evicted' }),
      testPod('running') as Pod,
    ];
    expect(excessTerminated(pods, threshold).map((p) => p.metadata.name)).toStrictEqual(expected);
  });

  it('orders by name where the age is the same', () => {
    const same = ['b', 'a', 'c'].map((n) => at(testPod(n, { phase: 'Failed' }), '2026-01-05T10:00:00Z'));
    expect(same.sort(byEvictionAndAge).map((p) => p.metadata.name)).toStrictEqual(['a', 'b', 'c']);
  });

  it('is at rest while every pod has its node', () => {
    const b = bench(podGCController);
    b.put(testNode('n'));
    for (let i = 0; i < 5; i++) b.put(testPod(`p${i}`, { node: 'n' }));
    b.run(100_000);
    b.put(testPod('p0', { node: 'n', deleting: true }));
    b.run(1_000);
    expect([b.pending(), b.writes]).toStrictEqual([[], []]);
  });

  it('fails and deletes the pods of a node that is gone for forty seconds', () => {
    const b = bench(podGCController);
    b.put(testNode('n'));
    b.put(testPod('p', { node: 'n' }));
    b.run(50_000);
    b.api.delete('Node', '', 'n');
    b.run(39_000);
    expect(b.api.find('Pod', 'default', 'p')).toBeDefined();
    b.run(25_000);
    expect(b.api.find('Pod', 'default', 'p')).toBeUndefined();
    expect(b.writes.map((w) => w.verb)).toStrictEqual(['updateStatus', 'delete']);
    b.run(1_000_000);
    expect(b.pending()).toStrictEqual([]);
  });

  it('spares the pods of a node that comes back in time', () => {
    const b = bench(podGCController);
    b.put(testPod('p', { node: 'n' }));
    b.run(30_000);
    b.put(testNode('n'));
    b.run(500_000);
    expect([b.api.find('Pod', 'default', 'p')?.status.phase, b.pending()]).toStrictEqual(['Running', []]);
  });

  it('deletes what was deleted before it had a node, and what hangs on a node out of service', () => {
    const b = bench(podGCController);
    b.put(
      testNode('n', 'False', { taints: [{ key: 'node.kubernetes.io/out-of-service', effect: 'NoExecute' }] }),
    );
    b.put(
      testNode('ready', 'True', {
        taints: [{ key: 'node.kubernetes.io/out-of-service', effect: 'NoExecute' }],
      }),
    );
    b.put(testPod('unbound', { deleting: true, phase: 'Pending' }));
    b.put(testPod('hanging', { deleting: true, node: 'n' }));
    b.put(testPod('staying', { node: 'n' }));
    b.put(testPod('still-served', { deleting: true, node: 'ready' }));
    b.run(100_000);
    expect(b.api.list('Pod').map((p) => p.metadata.name)).toStrictEqual(['staying', 'still-served']);
  });

  it('says in the pod why it was disrupted', () => {
    const b = bench(podGCController);
    b.put({
      ...(testPod('p', { node: 'gone' }) as Pod),
      metadata: { ...(testPod('p') as Pod).metadata, finalizers: ['x/y'] },
    });
    b.run(200_000);
    const pod = b.api.get('Pod', 'default', 'p');
    const target = pod.status.conditions?.find((c) => c.type === 'DisruptionTarget');
    expect([pod.status.phase, target?.status, target?.reason]).toStrictEqual([
      'Failed',
      'True',
      'DeletionByPodGC',
    ]);
  });
});
