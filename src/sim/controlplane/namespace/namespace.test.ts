import { describe, expect, it } from 'vitest';
import { bench, testPod } from '../bench.ts';
import { rfc3339 } from '../../api/time.ts';
import { deletionConditions, namespaceController } from './namespace.ts';

const going = (): object => ({
  apiVersion: 'v1',
  kind: 'Namespace',
  metadata: { name: 't', deletionTimestamp: rfc3339(0) },
  spec: { finalizers: ['kubernetes'] },
  status: { phase: 'Terminating' },
});
const config = (name: string, extra: object = {}): object => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name, namespace: 't', ...extra },
});

describe('namespace deletion', () => {
  it('leaves a living namespace alone', () => {
    const b = bench(namespaceController);
    b.put({
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name: 't' },
      spec: { finalizers: ['kubernetes'] },
      status: { phase: 'Active' },
    });
    b.put(config('a'));
    b.run(100_000);
    expect([b.writes, b.pending()]).toStrictEqual([[], []]);
  });

  it('empties it, its pods first, and lets it go', () => {
    const b = bench(namespaceController);
    b.put(config('a'));
    b.put(testPod('p', { namespace: 't' }));
    b.put(going());
    b.run(4_900);
    expect(b.writes).toStrictEqual([]);
    b.run(30_000);
    expect(b.writes.filter((w) => w.verb === 'delete').map((w) => w.kind)).toStrictEqual([
      'Pod',
      'ConfigMap',
    ]);
    expect([b.api.find('Namespace', '', 't'), b.pending()]).toStrictEqual([undefined, []]);
  });

  it('waits for pods that end gracefully before anything else goes', () => {
    const b = bench(namespaceController);
    b.put(config('a'));
    b.put(testPod('p', { namespace: 't', node: 'n' }));
    b.put(going());
    b.run(15_000);
    const remaining = b.api
      .get('Namespace', '', 't')
      .status.conditions?.find((c) => c.type === 'NamespaceContentRemaining');
    expect([remaining?.status, remaining?.message]).toStrictEqual([
      'True',
      'Some resources are remaining: pods. has 1 resource instances',
    ]);
    expect(b.api.find('ConfigMap', 't', 'a')).toBeDefined();
    b.api.delete('Pod', 't', 'p', { gracePeriodSeconds: 0 });
    b.run(30_000);
    expect(b.api.find('Namespace', '', 't')).toBeUndefined();
  });

  it('says which finalizers hold it, and goes when they are taken off', () => {
    const b = bench(namespaceController);
    b.put(config('a', { finalizers: ['example.com/hold'] }));
    b.put(going());
    b.run(30_000);
    const held = b.api
      .get('Namespace', '', 't')
      .status.conditions?.find((c) => c.type === 'NamespaceFinalizersRemaining');
    expect([held?.status, held?.reason, held?.message]).toStrictEqual([
      'True',
      'SomeFinalizersRemain',
      'Some content in the namespace has finalizers remaining: example.com/hold in 1 resource instances',
    ]);
    const { finalizers: _, ...metadata } = b.api.get('ConfigMap', 't', 'a').metadata;
    b.api.update({ ...b.api.get('ConfigMap', 't', 'a'), metadata });
    b.run(30_000);
    expect(b.api.find('Namespace', '', 't')).toBeUndefined();
  });

  it('has conditions in the words of Kubernetes', () => {
    const done = deletionConditions({
      resources: new Map(),
      finalizers: new Map(),
      errors: [],
      estimateSeconds: 0,
    });
    expect(done.map((c) => `${c.status} ${c.reason}`)).toStrictEqual([
      'False ResourcesDiscovered',
      'False ParsedGroupVersions',
      'False ContentDeleted',
      'False ContentRemoved',
      'False ContentHasNoFinalizers',
    ]);
  });
});
