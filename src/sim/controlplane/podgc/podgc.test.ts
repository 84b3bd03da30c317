import { describe, expect, it } from 'vitest';
import { harness } from '../../harness/harness.ts';
import { testNode, testPod } from '../../harness/objects.ts';
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
    const h = harness([podGCController]);
    h.put(testNode('n'));
    for (let i = 0; i < 5; i++) h.put(testPod(`p${i}`, { node: 'n' }));
    h.pass(100_000);
    h.put(testPod('p0', { node: 'n', deleting: true }));
    h.pass(1_000);
    expect([h.pending(), h.writes]).toStrictEqual([[], []]);
  });

  it('fails and deletes the pods of a node that is gone for forty seconds', () => {
    const h = harness([podGCController]);
    h.put(testNode('n'));
    h.put(testPod('p', { node: 'n' }));
    h.pass(50_000);
    h.api.delete('Node', '', 'n');
    h.pass(39_000);
    expect(h.api.find('Pod', 'default', 'p')).toBeDefined();
    h.pass(25_000);
    expect(h.api.find('Pod', 'default', 'p')).toBeUndefined();
    expect(h.writes.map((w) => w.verb)).toStrictEqual(['updateStatus', 'delete']);
    h.pass(1_000_000);
    expect(h.pending()).toStrictEqual([]);
  });

  it('spares the pods of a node that comes back in time', () => {
    const h = harness([podGCController]);
    h.put(testPod('p', { node: 'n' }));
    h.pass(30_000);
    h.put(testNode('n'));
    h.pass(500_000);
    expect([h.api.find('Pod', 'default', 'p')?.status.phase, h.pending()]).toStrictEqual(['Running', []]);
  });

  it('deletes what was deleted before it had a node, and what hangs on a node out of service', () => {
    const h = harness([podGCController]);
    h.put(
      testNode('n', 'False', { taints: [{ key: 'node.kubernetes.io/out-of-service', effect: 'NoExecute' }] }),
    );
    h.put(
      testNode('ready', 'True', {
        taints: [{ key: 'node.kubernetes.io/out-of-service', effect: 'NoExecute' }],
      }),
    );
    h.put(testPod('unbound', { deleting: true, phase: 'Pending' }));
    h.put(testPod('hanging', { deleting: true, node: 'n' }));
    h.put(testPod('staying', { node: 'n' }));
    h.put(testPod('still-served', { deleting: true, node: 'ready' }));
    h.pass(100_000);
    expect(h.api.list('Pod').map((p) => p.metadata.name)).toStrictEqual(['staying', 'still-served']);
  });

  it('says in the pod why it was disrupted', () => {
    const h = harness([podGCController]);
    h.put({
      ...(testPod('p', { node: 'gone' }) as Pod),
      metadata: { ...(testPod('p') as Pod).metadata, finalizers: ['x/y'] },
    });
    h.pass(200_000);
    const pod = h.api.get('Pod', 'default', 'p');
    const target = pod.status.conditions?.find((c) => c.type === 'DisruptionTarget');
    expect([pod.status.phase, target?.status, target?.reason]).toStrictEqual([
      'Failed',
      'True',
      'DeletionByPodGC',
    ]);
  });
});
